import fc from "fast-check";
import {
  type Arithmetic,
  decode,
  type Exact,
  elements,
  encode,
  evaluate,
  exact,
  exactly,
} from "../../reference/index.ts";
import { type DType, operatorNamed, type Tensor } from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import { drawnTensor, type Values } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { dtypeOf, expect } from "../expected.ts";
import type { Gradient } from "../gradients.ts";

/** A point at which a gradient is looked at, and from where. */
export interface GradientSample {
  readonly gradient: Gradient;
  /** The forward call. */
  readonly call: Invocation;
  /** The gradient from above, of the shape of the forward operator's first output. */
  readonly G: Tensor;
  /** The direction E in which the input moves, of its shape: integers. */
  readonly direction: Tensor;
}

/** The input that a gradient is for. */
export const inputOf = ({ input }: Gradient, { inputs }: Invocation): Tensor => inputs[input] as Tensor;

/** The same call with another tensor for the input that a gradient is for. */
export const withInput = ({ input }: Gradient, call: Invocation, tensor: Tensor): Invocation => ({
  ...call,
  inputs: { ...call.inputs, [input]: tensor },
});

/** The outputs of a call as the exact reference has them, rounded once. */
const outputsOf = (call: Invocation): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(
    Object.entries(expect(call)).map(([name, { shape, values }]) => [
      name,
      encode(dtypeOf(call.inputs), shape, values),
    ]),
  );

/** The call of the gradient operator at a sample. */
export const gradientCall = ({ gradient, call, G }: Omit<GradientSample, "direction">): Invocation =>
  gradient.invocation(call, G, () => outputsOf(call));

/** The tensor with distinct integers in place of its values, none of them zero, in the order of the values. */
function spreadOut(tensor: Tensor): Tensor {
  const values = Array.from(decode(tensor));
  const order = values.map((_, at) => at).sort((a, b) => values[a] - values[b] || a - b);
  const ranks = new Array<number>(values.length);
  const lowest = -Math.floor(values.length / 2);
  for (const [rank, at] of order.entries()) ranks[at] = lowest + rank + (lowest + rank >= 0 ? 1 : 0);
  return encode(tensor.dtype, tensor.shape, ranks);
}

/** Whether the formula of a call compares two values that are equal: there a maximum has no derivative. */
function hasTie({ operator, inputs, attributes }: Invocation): boolean {
  let tie = false;
  const compare = (a: Exact, b: Exact): number => {
    const order = exact.compare(a, b);
    if (order === 0 && a !== b) tie = true;
    return order;
  };
  const watching: Arithmetic<Exact> = { ...exact, compare, max: (a, b) => (compare(a, b) >= 0 ? a : b) };
  for (const output of Object.values(evaluate(watching, operator, inputs, attributes))) elements(output);
  return tie;
}

/** The calls of the forward operator at which the gradient is defined. */
function calls(gradient: Gradient, dtype: DType, values: Values): fc.Arbitrary<Invocation> {
  const drawn = drawnCall(gradient.forward, { dtype, values }).filter(({ inputs }) => gradient.input in inputs);
  if (gradient.dependence !== "kinked") return drawn;
  const apart =
    values === "real" ? drawn : drawn.map((call) => withInput(gradient, call, spreadOut(inputOf(gradient, call))));
  return apart.filter((call) => !hasTie(call));
}

/** Any sample of a gradient, on integers or on real data. */
export const samplesOf = (gradient: Gradient, dtype: DType, values: Values): fc.Arbitrary<GradientSample> =>
  calls(gradient, dtype, values).chain((call) => {
    const signature = operatorNamed(gradient.forward);
    const types = call as unknown as Parameters<typeof signature.shapes>[0];
    const { shape } = inputOf(gradient, call);
    return fc.record({
      gradient: fc.constant(gradient),
      call: fc.constant(call),
      G: drawnTensor(dtype, signature.shapes(types)[signature.outputs[0]], values),
      direction: drawnTensor(dtype, shape, "exact"),
    });
  });

/** The numbers of a stored tensor, exact. */
export const exactValues = (tensor: Tensor): Exact[] => Array.from(decode(tensor), exactly);
