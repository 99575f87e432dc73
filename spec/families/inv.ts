import type { Clause } from "../clause.ts";

/** INV: what pooling makes no difference between. */
export const inv: readonly Clause[] = [
  {
    id: "INV-1",
    title: "Max pooling under a small shift",
    statement:
      "Let the input move by one cell along an axis, where windows of extent R stand at unit stride. A window then loses one cell and takes in another, " +
      "and keeps R − 1: its maximum stays what it was wherever the cells it keeps hold it, whatever has become of the single values. A peak " +
      "above everything within R cells of it is the maximum of R neighbouring windows, of which R − 1 still report it after the shift and R − t after a " +
      "shift by t ≤ R. So every value of a row can change while only some of the maxima do. The invariance is to small shifts and approximate; " +
      "what moves on by whole strides moves the output, and that is equivariance.",
    equation:
      "\\max_{0 \\le k < R} V_{p+k-1} = \\max_{0 \\le k < R} V_{p+k} \\quad \\text{where both} \\quad V_{p-1} \\;\\text{and}\\; V_{p+R-1} \\le \\max_{0 \\le k < R-1} V_{p+k}",
    symbols: { V: "a row of the input, counting from 0", R: "the extent of the window", p: "the window" },
    source: [
      { note: "000", heading: "Translation Invariance of Max Pooling (figure 9.8)" },
      { note: "002", heading: "Pooling advantages" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["max-pool"],
  },
  {
    id: "INV-2",
    title: "Pooling does not see the order within a window",
    statement:
      "Where windows tile the input, with a stride equal to the window and no padding, elements may change places within each window without changing the " +
      "maximum, the sum, the average or the norm. So pooling says whether a feature is there and not exactly where, and a task that " +
      "needs the exact place loses by it. The distance-weighted average, POOL-6, does see the order.",
    source: [
      {
        note: "000",
        heading: "Translation Invariance of Max Pooling; 9.4 Convolution and Pooling as an Infinitely Strong Prior",
      },
      { note: "002", heading: "Pooling advantages" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["max-pool", "average-pool", "sum-pool", "l2-pool"],
  },
  {
    id: "INV-3",
    title: "Global pooling under any shift",
    statement:
      "A grid of ones pools each channel to one value, which does not depend on where anything stands: moving the input round cyclically along its axes, by any " +
      "number of cells, changes neither the maximum nor the average.",
    source: [
      { note: "000", heading: "9.3 Pooling" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["adaptive-max-pool", "adaptive-average-pool"],
  },
  {
    id: "INV-4",
    title: "Learned invariance over channels",
    statement:
      "Correlate with a set of kernels that turning by 90° maps to itself, and pool over the channels they give. Turning the input then turns the pooled map and " +
      "changes no value of it; where each kernel is as large as the input, the one value that comes out is invariant. No single one of the kernels need be " +
      "symmetric: the pooling unit answers whichever of them answers.",
    equation:
      "\\max_{0 \\le i < 4} \\left( \\mathrm{rot}\\,V \\otimes \\mathrm{rot}^i K \\right) = \\mathrm{rot} \\max_{0 \\le i < 4} \\left( V \\otimes \\mathrm{rot}^i K \\right)",
    symbols: { V: "[N, C, H, H] the input", K: "[1, C, R, R] a kernel", rot: "turning the two spatial axes by 90°" },
    source: [
      { note: "000", heading: "Learned Invariances of Pooling (figure 9.9)" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["channel-pool"],
  },
  {
    id: "INV-5",
    title: "Pooling with downsampling",
    statement:
      "Windows that stand s cells apart leave one value for every s: under padding same exactly ⌈X/s⌉ on each axis, so that what follows has about s times " +
      "less to compute on each axis. Under rounding ceil the last window may be smaller, but with a window at least as large as the stride no element is " +
      "ignored; under floor those at the end can be.",
    formula: "O = ceil(X/s)",
    definedIn: "window.ts",
    symbols: { O: "the extent of the output on an axis", X: "that of the input", s: "the stride" },
    source: [
      { note: "000", heading: "Pooling with Downsampling (figure 9.10)" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["max-pool", "sum-pool"],
  },
];
