import type { Clause } from "../clause.ts";

/** POOL: a window slides over each channel and is replaced by a summary of what is in it. */
export const pool: readonly Clause[] = [
  {
    id: "POOL-1",
    title: "Windows",
    statement:
      "Each channel of each sample is pooled by itself. A window of R elements on each axis slides with stride, dilation, padding and rounding, and its " +
      "extents are those of SHAPE-1 to SHAPE-6. A cell outside the input is no element of the window. Where the steps do not fit, " +
      "rounding ceil keeps the ragged last window, which holds fewer elements, so that no input is ignored; floor drops it. " +
      "Padding is smaller than the window, but a dilated window can still hold no element.",
    equation:
      "W_p = \\{\\, p\\,s + k\\,d - a \\;:\\; 0 \\le k < R,\\; 0 \\le p\\,s + k\\,d - a < X \\,\\} \\quad \\text{on each axis, counting from 0}",
    symbols: {
      W: "the places of the window of output position p",
      "R, X": "extents of the window and of the input",
      "s, d, a": "stride, dilation, cells of padding before the input",
    },
    source: [
      { note: "000", heading: "9.3 Pooling; Pooling with Downsampling (figure 9.10)" },
      { note: "001", heading: "Pooling" },
      { note: "002", heading: "Max pooling example" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["max-pool", "average-pool"],
  },
  {
    id: "POOL-2",
    title: "Max pooling",
    statement:
      "The output is the largest element of the window. Equal elements are one value, so that a tie changes nothing here; which of them wins matters " +
      "to the gradient. Padding is never the largest: a window of negative elements beside padding gives the largest of them.",
    formula: {
      1: "Z[n,c,p1] = Max(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1], k1=1:R1)",
      2:
        "Z[n,c,p1,p2] = Max(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2], " +
        "k1=1:R1, k2=1:R2)",
      3:
        "Z[n,c,p1,p2,p3] = Max(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2, " +
        "(p3-1)*s3 + (k3-1)*d3 + 1 - a3], k1=1:R1, k2=1:R2, k3=1:R3)",
    },
    symbols: {
      V: "[N, C, …X] the input: batch, channels, spatial axes",
      Z: "[N, C, …P] the output",
      R: "the extents of the window",
      "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
    },
    special:
      "A window without an element gives −∞, and so does one whose elements all are −∞. NaN, by the choice nan. propagate: a window with NaN gives " +
      "NaN. ignore: NaN is passed over while there is another element, and a window of NaN alone gives NaN. −0 and +0 are equal; by the choice " +
      "signed-zero, where they tie for the largest, either may be given (any), or +0 is (positive).",
    choices: { nan: ["propagate", "ignore"], "signed-zero": ["any", "positive"] },
    source: [
      { note: "000", heading: "9.3 Pooling; Translation Invariance of Max Pooling; Pooling with Downsampling" },
      { note: "001", heading: "Pooling" },
      { note: "002", heading: "Three stages of a typical CONV layer; Max pooling example" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["max-pool"],
  },
  {
    id: "POOL-3",
    title: "Average pooling",
    statement:
      "The sum of the window's elements is divided by a count, and the notes leave open which. divisor valid: the elements of the window, so that " +
      "padding does not pull the average to zero. divisor padded: its cells within the padded input, those of the padding included. What " +
      "a ragged last window has beyond the end of the padding is counted by neither.",
    formula: [
      {
        axes: 1,
        when: { divisor: "valid" },
        text:
          "Z[n,c,p1] = Sum(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1], k1=1:R1) " +
          "/ Count(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1], k1=1:R1)",
      },
      {
        axes: 2,
        when: { divisor: "valid" },
        text:
          "Z[n,c,p1,p2] = Sum(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2], k1=1:R1, k2=1:R2) " +
          "/ Count(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2], k1=1:R1, k2=1:R2)",
      },
      {
        axes: 3,
        when: { divisor: "valid" },
        text:
          "Z[n,c,p1,p2,p3] = Sum(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2, " +
          "(p3-1)*s3 + (k3-1)*d3 + 1 - a3], k1=1:R1, k2=1:R2, k3=1:R3) " +
          "/ Count(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2, " +
          "(p3-1)*s3 + (k3-1)*d3 + 1 - a3], k1=1:R1, k2=1:R2, k3=1:R3)",
      },
      {
        axes: 1,
        when: { divisor: "padded" },
        text:
          "Z[n,c,p1] = Sum(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1], k1=1:R1) " +
          "/ Count((p1-1)*s1 + (k1-1)*d1 + 1 - a1 <= X1 + z1, k1=1:R1)",
      },
      {
        axes: 2,
        when: { divisor: "padded" },
        text:
          "Z[n,c,p1,p2] = Sum(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2], k1=1:R1, k2=1:R2) " +
          "/ (Count((p1-1)*s1 + (k1-1)*d1 + 1 - a1 <= X1 + z1, k1=1:R1) " +
          "* Count((p2-1)*s2 + (k2-1)*d2 + 1 - a2 <= X2 + z2, k2=1:R2))",
      },
      {
        axes: 3,
        when: { divisor: "padded" },
        text:
          "Z[n,c,p1,p2,p3] = Sum(V[n, c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, (p2-1)*s2 + (k2-1)*d2 + 1 - a2, " +
          "(p3-1)*s3 + (k3-1)*d3 + 1 - a3], k1=1:R1, k2=1:R2, k3=1:R3) " +
          "/ (Count((p1-1)*s1 + (k1-1)*d1 + 1 - a1 <= X1 + z1, k1=1:R1) " +
          "* Count((p2-1)*s2 + (k2-1)*d2 + 1 - a2 <= X2 + z2, k2=1:R2) " +
          "* Count((p3-1)*s3 + (k3-1)*d3 + 1 - a3 <= X3 + z3, k3=1:R3))",
      },
    ],
    symbols: {
      V: "[N, C, …X] the input: batch, channels, spatial axes",
      Z: "[N, C, …P] the output",
      R: "the extents of the window",
      "s, d": "on each spatial axis: stride, dilation",
      "a, z": "on each spatial axis: cells of padding before and after the input",
    },
    special:
      "A window without an element gives 0/0 = NaN under divisor valid, and 0 under padded. NaN and ∞ in a window propagate as in CORR-10.",
    source: [
      { note: "000", heading: "9.3 Pooling" },
      { note: "001", heading: "Pooling" },
      { note: "002", heading: "Three stages of a typical CONV layer" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["average-pool"],
  },
];
