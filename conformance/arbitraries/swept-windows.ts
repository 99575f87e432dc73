import {
  type Call,
  type OperatorName,
  operatorNamed,
  resolveWindow,
  type Shape,
  type TensorType,
  type WindowAttributes,
} from "../../spec/index.ts";
import { type CallOfShapes, call, type Table } from "./shapes.ts";

type Attributes = Partial<Omit<WindowAttributes, "padding">> & { readonly padding?: unknown };

const of = <T>(...values: readonly T[]): readonly T[] => values;

/** Every stride with every dilation, padding and rounding, on one axis; a stride of 5 leaves cells between the windows. */
const onALine: readonly Attributes[] = of(1, 2, 3, 5).flatMap((s) =>
  (s === 5 ? of(1) : of(1, 2, 3)).flatMap((d) =>
    of<unknown>("valid", "same", "same-lower", "full", [[1, 0]], [[0, 2]], [[2, 1]]).flatMap((padding) =>
      of("floor" as const, "ceil" as const).map((rounding) => ({ stride: [s], dilation: [d], padding, rounding })),
    ),
  ),
);

const pairs = (...each: readonly (readonly number[])[]) => each;

/** Two axes that differ in each attribute, with what the other attributes may be. */
const onAPlane: readonly Attributes[] = of([1, 2], [2, 1], [3, 4]).flatMap((stride) =>
  of([1, 2], [2, 1]).flatMap((dilation) =>
    of<unknown>("valid", "same", "same-lower", pairs([1, 0], [0, 2]), pairs([2, 1], [1, 3])).flatMap((padding) =>
      of("floor" as const, "ceil" as const).map((rounding) => ({ stride, dilation, padding, rounding })),
    ),
  ),
);

/** Three axes that differ in each attribute. */
const inAVolume: readonly Attributes[] = of([1, 2, 3], [3, 1, 2]).flatMap((stride) =>
  of([1, 2, 1], [2, 1, 1]).flatMap((dilation) =>
    of<unknown>("valid", "same", pairs([1, 0], [0, 2], [1, 1])).map((padding) => ({
      stride,
      dilation,
      padding,
      rounding: "ceil" as const,
    })),
  ),
);

const [line, plane, volume] = [[9], [8, 9], [4, 6, 5]];

const isValid = (operator: OperatorName, { shapes, attributes = {} }: CallOfShapes): boolean => {
  const { constraints, complete } = operatorNamed(operator);
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]): [string, TensorType] => [name, { dtype: "f32", shape }]),
  );
  const whole = { inputs, attributes: complete(inputs, attributes) } as unknown as Call;
  return constraints.every(({ violation }) => violation(whole) === undefined);
};

/** The valid calls of an operator over inputs of extents X under each of the attributes. */
const swept = (
  operator: OperatorName,
  shapesOf: (X: Shape, attributes: Attributes) => CallOfShapes,
): readonly CallOfShapes[] =>
  [
    ...onALine.map((attributes) => shapesOf(line, attributes)),
    ...onAPlane.map((attributes) => shapesOf(plane, attributes)),
    ...inAVolume.map((attributes) => shapesOf(volume, attributes)),
  ].filter((entry) => isValid(operator, entry));

/** A kernel of even and odd extents. */
const kernelOver = (X: Shape): Shape => [2, 3, 2].slice(0, X.length);

const kernel = (operator: OperatorName): readonly CallOfShapes[] =>
  swept(operator, (X, a) => call({ V: [1, 2, ...X], K: [2, 2, ...kernelOver(X)] }, a));

const pool = (operator: OperatorName): readonly CallOfShapes[] =>
  swept(operator, (X, a) => call({ V: [1, 1, ...X] }, { ...a, window: [3, 2, 2].slice(0, X.length) }));

/** The extents of the result; of one cell where the window does not fit, and the call is not valid. */
const extentsOf = (X: Shape, R: Shape, a: Attributes): Shape => {
  const given = { stride: X.map(() => 1), dilation: X.map(() => 1), padding: "valid", rounding: "floor", ...a };
  try {
    return resolveWindow(X, R, given as WindowAttributes).extents;
  } catch {
    return X.map(() => 1);
  }
};

/** Calls with every combination of the attributes that a window has. */
export const windowed: Table = {
  correlate: kernel("correlate"),
  convolve: kernel("convolve"),
  "correlate-transpose": swept("correlate-transpose", (X, { rounding: _, ...a }) =>
    call({ V: [1, 2, ...X.map((n) => Math.max(n - 5, 2))], K: [2, 2, ...kernelOver(X)] }, a),
  ),
  "locally-connected": swept("locally-connected", (X, a) =>
    call({ V: [1, 1, ...X], W: [1, ...extentsOf(X, kernelOver(X), a), 1, ...kernelOver(X)] }, a),
  ),
  tiled: swept("tiled", (X, a) => call({ V: [1, 1, ...X], K: [1, 1, ...kernelOver(X), ...X.map((_, i) => i + 2)] }, a)),
  "max-pool": pool("max-pool"),
  "average-pool": pool("average-pool"),
  "sum-pool": pool("sum-pool"),
  "l2-pool": pool("l2-pool"),
  "weighted-pool": pool("weighted-pool"),
  "max-pool-winners": pool("max-pool-winners"),
};
