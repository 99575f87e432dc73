import { type OperatorName, operatorNamed, type Shape, sizeOf, type TensorType } from "../../spec/index.ts";

/** What decides how fast a cell can be: the multiplications, or the bytes that are read and written. */
export type Limit = "multiply" | "memory";

/** How a kernel slides, resolved to numbers: one entry for each spatial axis. */
export interface Sliding {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** Cells of padding before and after. */
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly groups: number;
  /** The extents of the kernel or pooling window. */
  readonly window: readonly number[];
}

/** One thing to time: one operator on inputs of given shapes. Plain JSON, so that any process can read it. */
export interface Cell {
  readonly layer: string;
  /** forward, input gradient, kernel gradient, or the operator's own name. */
  readonly operation: string;
  readonly operator: OperatorName;
  /** f32 tensors, filled from the layer's and the tensor's name. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly attributes: object;
  /** The output that is compared: its name and shape. */
  readonly output: { readonly name: string; readonly shape: Shape };
  readonly sliding?: Sliding;
  readonly limit: Limit;
  /** Multiplications of the formula, those with padding included, as the field counts them. */
  readonly multiplies: number;
  /** Bytes of all inputs and outputs, each counted once. */
  readonly bytes: number;
}

/** What names a cell in tables and options. */
export const idOf = ({ layer, operation }: Pick<Cell, "layer" | "operation">): string => `${layer} ${operation}`;

export interface CellOptions {
  readonly layer: string;
  readonly operation: string;
  readonly operator: OperatorName;
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly attributes?: object;
  readonly sliding?: Sliding;
  readonly limit: Limit;
  readonly multiplies: number;
}

/** Completes the attributes, and finds the output, by the operator's signature. */
export function cell({ attributes: given = {}, ...options }: CellOptions): Cell {
  const { inputs } = options;
  const operator = operatorNamed(options.operator);
  const types = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]): [string, TensorType] => [name, { dtype: "f32", shape }]),
  );
  const attributes = operator.complete(types, given);
  const outputs = Object.entries<Shape>(operator.shapes({ inputs: types, attributes }));
  const [[name, shape]] = outputs;
  const elements = [...Object.values(inputs), ...outputs.map(([, extents]) => extents)].map(sizeOf);
  return {
    ...options,
    attributes,
    output: { name, shape },
    bytes: 4 * elements.reduce((sum, count) => sum + count, 0),
  };
}
