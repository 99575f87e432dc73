import { dilatedExtent, resolveWindow, type Shape, UnsupportedError, type WindowAttributes } from "../../spec/index.ts";

/** Cells before and after each spatial axis. */
export type Pads = readonly (readonly [number, number])[];

/** What the engine calls one of the spec's words. */
export function wordFor<T>(words: Readonly<Record<string, T>>, attribute: string, word: string): T {
  if (Object.hasOwn(words, word)) return words[word];
  throw new TypeError(`tfjs has no ${attribute} ${JSON.stringify(word)}`);
}

const namedPadding = { valid: true, same: true, "same-lower": true, full: true } as const;

/** SHAPE-1, 3, 4, 5: the padding in numbers, one pair for each axis; the numbers as they stand, right or wrong. */
export function padsOf(X: Shape, R: Shape, attributes: WindowAttributes): Pads {
  const { padding } = attributes;
  if (typeof padding === "object") {
    // The engine reads its pairs by their place among the axes of the batch: a pair too few would move the others.
    if (padding.length === X.length && padding.every((pair) => pair.length === 2)) return padding;
    throw new TypeError(`padding must hold ${X.length} pairs, got ${JSON.stringify(padding)}`);
  }
  wordFor(namedPadding, "padding", padding);
  const { begin, end } = resolveWindow(X, R, attributes);
  return X.map((_, axis) => [begin[axis], end[axis]]);
}

const roundings = { floor: "floor", strict: "floor", ceil: "ceil" } as const;

/**
 * SHAPE-2: the engine's rounding of an output extent. Strict is floor where it is valid.
 * @throws {UnsupportedError} where strict rounding is not floor: the engine knows no such mode
 */
export function roundingOf(X: Shape, R: Shape, attributes: WindowAttributes): "floor" | "ceil" {
  const { stride, dilation, rounding } = attributes;
  if (rounding === "strict") {
    const pads = padsOf(X, R, attributes);
    const room = X.map((n, axis) => n + pads[axis][0] + pads[axis][1] - dilatedExtent(R[axis], dilation[axis]));
    if (room.some((cells, axis) => cells % stride[axis] > 0)) throw new UnsupportedError("tfjs has no strict rounding");
  }
  return wordFor(roundings, "rounding", rounding);
}

/** Padding in numbers over the batch, two spatial axes and the channels. */
type ExplicitPads = [[number, number], [number, number], [number, number], [number, number]];

/** SHAPE-1…6: how a window slides, in the engine's words. */
export interface Sliding {
  readonly pad: "valid" | "same" | ExplicitPads;
  /** Only for padding in numbers: the engine takes it with no other. */
  readonly rounding?: "floor" | "ceil";
}

/** The sliding of a window of extents R over X, one or two axes: by the engine's own rules where it has the rule. */
export function sliding(X: Shape, R: Shape, attributes: WindowAttributes): Sliding {
  const rounding = roundingOf(X, R, attributes);
  // SAME fits the padding to the stride, so that floor and ceil are one.
  if (attributes.padding === "same") return { pad: "same" };
  if (attributes.padding === "valid" && rounding === "floor") return { pad: "valid" };
  const spatial = padsOf(X, R, attributes);
  // Over one axis the engine puts an axis of extent 1 before it, and reads the padding of both.
  const lifted = X.length === 1 ? [[0, 0], ...spatial] : spatial;
  return { pad: [[0, 0], ...lifted, [0, 0]] as ExplicitPads, rounding };
}

/** @throws {UnsupportedError} where the window both skips and dilates, which the engine does not combine */
export function refuseStrideWithDilation({ stride, dilation }: WindowAttributes): void {
  if (stride.some((s) => s > 1) && dilation.some((d) => d > 1))
    throw new UnsupportedError("tfjs takes a stride above 1 or a dilation above 1, not both");
}

/** The attributes of a window over one axis, over two: a first axis of extent 1 is put in. */
export const liftAttributes = <A extends WindowAttributes>(attributes: A): A => {
  const { stride, dilation, padding } = attributes;
  return {
    ...attributes,
    stride: [1, ...stride],
    dilation: [1, ...dilation],
    padding: typeof padding === "object" ? [[0, 0], ...padding] : padding,
  };
};
