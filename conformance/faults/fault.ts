import {
  type Arithmetic,
  elements,
  encode,
  evaluate,
  float16,
  float32,
  float64,
  type StoredInputs,
} from "../../reference/index.ts";
import {
  type AttributesOf,
  check,
  type Declaration,
  type DType,
  type OperatorName,
  operatorNamed,
  type Tensor,
} from "../../spec/index.ts";
import { dtypeOf } from "../expected.ts";

export type Outputs = Readonly<Record<string, Tensor>>;

/** The correct naive kernel of an operator; its arithmetic may be replaced. Refuses bad calls. */
export type Run<N extends OperatorName> = (
  inputs: StoredInputs,
  attributes: AttributesOf<N>,
  arithmetic?: (of: Arithmetic<number>) => Arithmetic<number>,
) => Outputs;

/** What a fault makes of a call. A fault that remembers something is made anew for each run of the suite. */
export type Change<N extends OperatorName> = (
  run: Run<N>,
  inputs: StoredInputs,
  attributes: AttributesOf<N>,
) => Outputs | Promise<Outputs>;

/** One small change to a correct kernel, modelled on a bug that shipped. */
export interface Fault<N extends OperatorName = OperatorName> {
  /** operator/name */
  readonly id: string;
  readonly operator: N;
  /** What is wrong, as a diagnosis: "stride of the two axes exchanged". */
  readonly title: string;
  /** The thread in which the bug was reported, as owner/repository#number; absent for the traps of the notes. */
  readonly models?: string;
  /** The smallest call that shows it. */
  readonly smallest: string;
  /** The check that must catch it: an id without its format. */
  readonly caughtBy: string;
  /** What a backend declares that must have the fault: where a clause permits several results, the one chosen. */
  readonly choices?: Declaration["choices"];
  /** Whether the fault is in what is remembered between calls: no single call shows it. */
  readonly stateful?: boolean;
  /** Whether the outputs are right nevertheless: it shows in what is accepted, or in the inputs. */
  readonly valueless?: boolean;
  /** @param threads on how many threads the backend runs */
  plant(threads: number): Change<N>;
}

const arithmetics: Readonly<Record<DType, Arithmetic<number>>> = { f16: float16, f32: float32, f64: float64 };

/** The correct naive kernel of an operator, every operation rounded to the format of the call. */
export const correct =
  <N extends OperatorName>(operator: N): Run<N> =>
  (inputs, attributes, arithmetic = (of) => of) => {
    const present = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined)) as Record<
      string,
      Tensor
    >;
    check(operatorNamed(operator), { inputs: present, attributes });
    const dtype = dtypeOf(inputs);
    const outputs = evaluate(arithmetic(arithmetics[dtype]), operator, inputs, attributes);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => [
        name,
        encode(dtype, tensor.shape, elements(tensor).map(roundTo(dtype))),
      ]),
    );
  };

/** A value as a number of the format: a changed kernel may leave numbers that are none. */
export const roundTo =
  (dtype: DType) =>
  (value: number): number =>
    dtype === "f32" ? Math.fround(value) : dtype === "f16" ? float16.embed(value, { tensor: "", offset: 0 }) : value;

export interface FaultSpec<N extends OperatorName> extends Omit<Fault<N>, "id" | "operator" | "plant"> {
  change: Change<N>;
}

/** A fault that is the same on every call. */
export const fault = <N extends OperatorName>(
  operator: N,
  name: string,
  { change, ...rest }: FaultSpec<N>,
): Fault<N> => ({
  id: `${operator}/${name}`,
  operator,
  ...rest,
  plant: () => change,
});

/** A fault with a memory: what `plant` returns is used for one run of the suite. */
export const statefulFault = <N extends OperatorName>(
  operator: N,
  name: string,
  spec: Omit<Fault<N>, "id" | "operator" | "stateful">,
): Fault<N> => ({ id: `${operator}/${name}`, operator, stateful: true, ...spec });
