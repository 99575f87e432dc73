import { dilatedExtent, resolveWindow, type Shape, UnsupportedError, type WindowAttributes } from "../../spec/index.ts";
import type { NodeAttributes } from "./model.ts";

/** What ONNX calls one of the spec's words. */
export function wordFor<T>(words: Readonly<Record<string, T>>, attribute: string, word: string): T {
  if (Object.hasOwn(words, word)) return words[word];
  throw new TypeError(`ONNX has no ${attribute} ${JSON.stringify(word)}`);
}

/** SHAPE-2: the rounding of an output extent. Strict is floor where it is valid. */
export const ceilModes = { floor: 0, strict: 0, ceil: 1 } as const;

const namedPadding = { valid: true, same: true, "same-lower": true, full: true } as const;

/** All the cells before, then all the cells after: explicit padding as it stands, right or wrong. */
function padsOf(X: Shape, R: Shape, attributes: WindowAttributes): number[] {
  const { padding } = attributes;
  if (typeof padding === "object")
    return [...padding.map(([begin]) => begin), ...padding.flatMap(([, ...end]): number[] => end)];
  wordFor(namedPadding, "padding", padding);
  // Resolved here: ONNX deprecates auto_pad, and the engine's auto_pad ignores the dilation.
  const { begin, end } = resolveWindow(X, R, attributes);
  return [...begin, ...end];
}

/**
 * SHAPE-1…6: how a window of extents R slides over X, in the attributes of ONNX.
 * @throws {UnsupportedError} where strict rounding is not floor: the engine knows no such mode
 */
export function slidingWindow(X: Shape, R: Shape, attributes: WindowAttributes): NodeAttributes {
  const { stride, dilation, rounding } = attributes;
  const pads = padsOf(X, R, attributes);
  const room = X.map((n, axis) => n + pads[axis] + pads[X.length + axis] - dilatedExtent(R[axis], dilation[axis]));
  if (rounding === "strict" && room.some((cells, axis) => cells % stride[axis] > 0))
    throw new UnsupportedError("ONNX has no strict rounding");
  return { strides: stride, dilations: dilation, pads };
}
