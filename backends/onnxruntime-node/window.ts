import {
  dilatedExtent,
  type PoolAttributes,
  resolveWindow,
  type Shape,
  UnsupportedError,
  type WindowAttributes,
} from "../../spec/index.ts";
import type { NodeAttributes } from "./model.ts";
/** A sliding window in the attributes of ONNX. */
export type SlidingWindow = Readonly<Record<"strides" | "dilations" | "pads", readonly number[]>>;

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
  // Resolved here: ONNX deprecates auto_pad, and the engine's pools ignore the dilation under it.
  const { begin, end } = resolveWindow(X, R, attributes);
  return [...begin, ...end];
}

/**
 * SHAPE-1…6: how a window of extents R slides over X, in the attributes of ONNX.
 * @throws {UnsupportedError} where strict rounding is not floor: the engine knows no such mode
 */
export function slidingWindow(X: Shape, R: Shape, attributes: WindowAttributes): SlidingWindow {
  const { stride, dilation, rounding } = attributes;
  const pads = padsOf(X, R, attributes);
  const room = X.map((n, axis) => n + pads[axis] + pads[X.length + axis] - dilatedExtent(R[axis], dilation[axis]));
  if (rounding === "strict" && room.some((cells, axis) => cells % stride[axis] > 0))
    throw new UnsupportedError("ONNX has no strict rounding");
  return { strides: stride, dilations: dilation, pads };
}

/**
 * POOL-1: how a pooling window slides over X, in the attributes of ONNX.
 * @throws {UnsupportedError} where the padding is as wide as the window, and only the dilated window is wider
 */
export function poolingWindow(X: Shape, attributes: PoolAttributes): NodeAttributes {
  const { window, dilation, rounding } = attributes;
  const sliding = slidingWindow(X, window, attributes);
  const tooWide = sliding.pads.some((cells, at) => {
    const axis = at % X.length;
    return cells >= window[axis] && cells < dilatedExtent(window[axis], dilation[axis]);
  });
  if (tooWide) throw new UnsupportedError("ONNX Runtime pads a pool by less than its undilated window");
  return { ...sliding, kernel_shape: window, ceil_mode: wordFor(ceilModes, "rounding", rounding) };
}
