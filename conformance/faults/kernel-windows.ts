import { resolveWindow } from "../../spec/index.ts";
import { type Fault, type FaultSpec, fault } from "./fault.ts";
import { attribute, flip, type Kernel, last, spatial, step } from "./kernel-change.ts";

/** Faults in where the kernel slides: flips, strides, dilation, padding. */
export const windowFaults = (operator: Kernel): Fault<Kernel>[] => {
  const make = (name: string, spec: FaultSpec<Kernel>) => fault<Kernel>(operator, name, spec);
  const exact = (name: string) => `${operator}/exact/${name}`;
  return [
    make("flipped", {
      title:
        operator === "correlate"
          ? "the kernel is flipped: this is convolution"
          : "the kernel is not flipped: this is cross-correlation",
      models: "onnx/onnx#1208",
      smallest: "arange 2×2",
      caughtBy: exact("channels-2d"),
      change: step(operator, { tap: operator === "correlate" ? flip : (k) => k }),
    }),
    make("flipped-last-axis", {
      title: "the kernel is flipped on its last axis only",
      smallest: "2×2, k 2×2",
      caughtBy: exact("channels-2d"),
      change: step(operator, {
        tap: (k, R) =>
          (operator === "correlate" ? k : flip(k, R)).with(
            -1,
            operator === "correlate" ? last(R) - 1 - last(k) : last(k),
          ),
      }),
    }),
    make("kernel-transposed", {
      title: "a square kernel is read with its axes exchanged",
      smallest: "3×3, k 2×2",
      caughtBy: exact("three-by-three"),
      change: step(
        operator,
        { tap: (k, R) => (operator === "correlate" ? k.toReversed() : flip(k, R).toReversed()) },
        (inputs) => new Set(spatial(inputs)[1]).size === 1 && spatial(inputs)[1].length === 2,
      ),
    }),
    make("stride-swapped", {
      title: "the strides of the axes are exchanged",
      models: "Samsung/ONE#2727, Maratyszcza/NNPACK#16",
      smallest: "5×7, k2, stride 1×2",
      caughtBy: exact("stride-2d"),
      change: attribute(operator, ({ stride }) => ({ stride: stride.toReversed() })),
    }),
    make("dilation-swapped", {
      title: "the dilations of the axes are exchanged",
      models: "tenstorrent/tt-metal#19542, tinygrad/tinygrad#17805",
      smallest: "5×7, k2, dilation 1×2",
      caughtBy: exact("dilation-2d"),
      change: attribute(operator, ({ dilation }) => ({ dilation: dilation.toReversed() })),
    }),
    make("pad-left-from-top", {
      title: "the padding before the last axis is taken from the first",
      models: "microsoft/onnxruntime#28571",
      smallest: "3×4, k2, padding (0,0),(1,1)",
      caughtBy: exact("padding-2d"),
      change: attribute(operator, (a, inputs) => {
        const { begin, end } = resolveWindow(...spatial(inputs), a);
        return {
          padding: begin.map((cells, axis) => [axis === begin.length - 1 ? begin[0] : cells, end[axis]] as const),
        };
      }),
    }),
    make("same-on-the-wrong-side", {
      title: "same padding puts the odd cell on the other side",
      models: "microsoft/onnxruntime#8769, scipy/scipy#1968",
      smallest: "n4, k2",
      caughtBy: exact("same-1d"),
      change: attribute(operator, ({ padding }) =>
        padding === "same" ? { padding: "same-lower" } : padding === "same-lower" ? { padding: "same" } : {},
      ),
    }),
    make("padding-mirrored", {
      title: "the padding before and after the input are exchanged",
      smallest: "n4, k2, padding (1,0)",
      caughtBy: exact("padding-before-1d"),
      change: attribute(operator, (a, inputs) => {
        const { begin, end } = resolveWindow(...spatial(inputs), a);
        return { padding: begin.map((cells, axis) => [end[axis], cells] as const) };
      }),
    }),
    make("padding-ignored", {
      title: "windows begin at the first element, as if there were no padding before it",
      smallest: "n4, k2, padding (1,0)",
      caughtBy: exact("padding-before-1d"),
      change: step(operator, { source: (p, s, k, d) => p * s + k * d }),
    }),
    make("dilation-ignored-3x3", {
      title: "the fast path for 3×3 kernels ignores dilation",
      models: "Tencent/ncnn#315, tensorflow/tfjs#6263",
      smallest: "5×5, k3, dilation 2",
      caughtBy: exact("three-by-three-dilated"),
      change: step(
        operator,
        { source: (p, s, k, _, a) => p * s + k - a },
        (inputs) => String(spatial(inputs)[1]) === "3,3",
      ),
    }),
    make("dilation-ignored", {
      title: "dilation is ignored",
      smallest: "n5, k2, dilation 2",
      caughtBy: exact("dilation-1d"),
      change: step(operator, { source: (p, s, k, _, a) => p * s + k - a }),
    }),
    make("dilation-twice", {
      title: "dilation is applied twice",
      models: "root-project/root#22474",
      smallest: "n7, k2, dilation 2",
      caughtBy: exact("dilation-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + k * d * d - a }),
    }),
    make("padding-dilated", {
      title: "the padding is taken off before the dilation, and so is dilated, too",
      smallest: "n5, k2, padding (1,0), dilation 2",
      caughtBy: exact("together-2d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + (k - a) * d }),
    }),
    make("stride-on-taps", {
      title: "the stride is applied to the taps, too",
      smallest: "n5, k2, stride 2",
      caughtBy: exact("stride-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + k * d * s - a }),
    }),
    make("stride-from-one", {
      title: "the first window is skipped: subsampling begins at 1",
      smallest: "n5, k2, stride 2",
      caughtBy: exact("stride-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + (s > 1 ? 1 : 0) + k * d - a }),
    }),
    make("one-based", {
      title: "the notes' 1-based indices are read as 0-based",
      smallest: "n3, k2",
      caughtBy: exact("one-channel-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + k * d + 1 - a }),
    }),
    make("clamped-coordinate", {
      title: "a coordinate before the input is clamped to its first element",
      models: "microsoft/onnxruntime#32478",
      smallest: "2×2, k2, padding (1,0),(1,0)",
      caughtBy: exact("padding-before-2d"),
      change: step(operator, { read: (x, n) => (x >= n ? undefined : Math.max(x, 0)) }),
    }),
    make("wraps-around", {
      title: "the result is circular: a coordinate beyond the input wraps around",
      models: "matteospanio/torchfx#90",
      smallest: "[1,2,3,4] with [1,1,1], full",
      caughtBy: exact("full-1d"),
      change: step(operator, { read: (x, n) => ((x % n) + n) % n }),
    }),
    make("reflected-padding", {
      title: "padding mirrors the input instead of being zero",
      smallest: "n3, k2, padding (1,0)",
      caughtBy: exact("padding-1d"),
      change: step(operator, {
        read: (x, n) => (x < 0 ? Math.min(-x, n - 1) : x >= n ? Math.max(2 * n - 2 - x, 0) : x),
      }),
    }),
    make("last-tile", {
      title: "the last tile of a 3×3 transform is stepped wrongly",
      models: "adam-dziedzic/winograd#1",
      smallest: "extents not a multiple of the tile",
      caughtBy: exact("three-by-three"),
      change: step(
        operator,
        { source: (p, s, k, d, a) => (p >= 2 && p % 2 === 0 ? p - 1 : p) * s + k * d - a },
        (inputs, { stride }) => String(spatial(inputs)[1]) === "3,3" && stride.every((s) => s === 1),
      ),
    }),
    make("ceil-as-floor", {
      title: "the last, overhanging window is dropped",
      smallest: "n4, k3, stride 2, ceil",
      caughtBy: exact("ceil-1d"),
      change: (run, inputs, a) => run(inputs, { ...a, rounding: a.rounding === "ceil" ? "floor" : a.rounding }),
    }),
  ];
};
