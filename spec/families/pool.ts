import type { Clause } from "../clause.ts";
import { perAxes, wins } from "./axes.ts";

/** The place of tap k of the window at p, on one axis. */
const place = (k: string): string => `(p#-1)*s# + (${k}#-1)*d# + 1 - a#`;

/** The window at p of a grid of P, on one axis: its first cell and its last. */
const [gridFrom, gridTo] = ["floor((p#-1)*X#/P#) + 1", "ceil(p#*X#/P#)"];

const windowSymbols = {
  V: "[N, C, …X] the input: batch, channels, spatial axes",
  Z: "[N, C, …P] the output",
  R: "the extents of the window",
  "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
};

const gridSymbols = {
  V: "[N, C, …X] the input: batch, channels, spatial axes",
  Z: "[N, C, …P] the output",
  P: "the attribute grid: the extents of the output",
};

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
    operators: ["max-pool", "average-pool", "sum-pool", "l2-pool", "weighted-pool", "max-pool-winners"],
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
  {
    id: "POOL-4",
    title: "Sum pooling",
    statement:
      "The output is the sum of the window's elements: correlation, channel by channel, with a kernel whose taps are all 1 and that has no " +
      "parameter to learn. Average pooling is this, divided; max pooling is this with the sum replaced by a maximum.",
    formula: perAxes((each) => `Z[n,c,${each("p#", ",")}] = Sum(V[n, c, ${each(place("k"))}], ${each("k#=1:R#")})`),
    symbols: windowSymbols,
    special: "A window without an element gives 0. NaN and ∞ in a window propagate as in CORR-10.",
    source: [{ note: "001", heading: "Pooling" }],
    operators: ["sum-pool"],
  },
  {
    id: "POOL-5",
    title: "L2 pooling",
    statement:
      "The output is the Euclidean norm of the window's elements: the root of the sum of their squares, divided by nothing. One element gives its " +
      "absolute value.",
    formula: perAxes(
      (each) => `Z[n,c,${each("p#", ",")}] = sqrt(Sum(V[n, c, ${each(place("k"))}]^2, ${each("k#=1:R#")}))`,
    ),
    symbols: windowSymbols,
    special:
      "A window without an element gives 0. An infinity of either sign gives +∞, unless there is NaN, which gives NaN. A norm may be a number of " +
      "the format though a square is beyond it; whether ±∞ or 0 is given then is not specified.",
    source: [
      { note: "000", heading: "9.3 Pooling" },
      { note: "002", heading: "Three stages of a typical CONV layer" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["l2-pool"],
  },
  {
    id: "POOL-6",
    title: "Distance-weighted average pooling",
    statement:
      "An average in which an element counts for less the farther it is from the centre of its window. The notes do not fix the weight. Here it is " +
      "1/(1 + D), D the squared distance in cells of the input from the centre, which lies between two cells where the extent is even; the weights " +
      "are divided by the sum of those of the window's elements. The centre is that of the whole window, also where part of it is padding or overhangs. " +
      "With δ = d·(2k − R − 1) twice the distance on one axis, the weight is 4/(4 + Σδ²), a rational number.",
    formula: perAxes((each) => {
      const weight = `4/(4 + ${each("(d#*(2*k#-R#-1))^2", " + ")})`;
      const inside = each(`1 <= ${place("k")} <= X#`);
      return (
        `Z[n,c,${each("p#", ",")}] = Sum(${weight} * V[n, c, ${each(place("k"))}], ${each("k#=1:R#")}) ` +
        `/ Sum(${weight}, ${each("k#=1:R#")}, ${inside})`
      );
    }),
    symbols: { ...windowSymbols, X: "the spatial extents of the input" },
    special: "A window without an element gives 0/0 = NaN. NaN and ∞ in a window propagate as in CORR-10.",
    source: [
      { note: "000", heading: "9.3 Pooling" },
      { note: "002", heading: "Three stages of a typical CONV layer" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["weighted-pool"],
  },
  {
    id: "POOL-7",
    title: "Windows of a fixed grid",
    statement:
      "An input of any spatial extents X is pooled to a grid of P windows on each axis, so that what follows always has the same extents. " +
      "Window p begins at cell ⌊p·X/P⌋ and ends before cell ⌈(p+1)·X/P⌉, counting from 0: the windows cover every cell, differ by at most one cell " +
      "in extent, and overlap by at most one cell where P does not divide X. Even where P is larger than X none is empty. A grid of 2 × 2 " +
      "gives one value for each quadrant; a grid of ones pools globally.",
    formula: [{ text: "f = floor(p*X/P)" }, { text: "t = ceil((p+1)*X/P)" }],
    definedIn: "adaptive.ts",
    symbols: {
      "f, t": "the first cell of window p on an axis, and one past its last, counting from 0",
      X: "the extent of the input on that axis",
      P: "that of the grid",
    },
    source: [{ note: "003", heading: "Pooling" }],
    operators: ["adaptive-max-pool", "adaptive-average-pool"],
  },
  {
    id: "POOL-8",
    title: "Adaptive max pooling",
    statement: "The largest element of each window of the grid.",
    formula: perAxes(
      (each) => `Z[n,c,${each("p#", ",")}] = Max(V[n, c, ${each("v#")}], ${each(`v#=${gridFrom}:${gridTo}`)})`,
    ),
    symbols: gridSymbols,
    special: "NaN, −0 and ±∞ are as in max pooling, POOL-2, and so are the choices. No window is empty.",
    choices: { nan: ["propagate", "ignore"], "signed-zero": ["any", "positive"] },
    source: [{ note: "003", heading: "Pooling" }],
    operators: ["adaptive-max-pool"],
  },
  {
    id: "POOL-9",
    title: "Adaptive average pooling",
    statement:
      "The sum of the elements of each window of the grid, divided by their number, which may differ from window to window.",
    formula: perAxes(
      (each) =>
        `Z[n,c,${each("p#", ",")}] = Sum(V[n, c, ${each("v#")}], ${each(`v#=${gridFrom}:${gridTo}`)}) ` +
        `/ (${each("(ceil(p#*X#/P#) - floor((p#-1)*X#/P#))", " * ")})`,
    ),
    symbols: { ...gridSymbols, X: "the spatial extents of the input" },
    special: "NaN and ∞ in a window propagate as in CORR-10. No window is empty.",
    source: [{ note: "003", heading: "Pooling" }],
    operators: ["adaptive-average-pool"],
  },
  {
    id: "POOL-10",
    title: "Pooling over channels",
    statement:
      "At every place the output is the largest of a group of g consecutive channels; each group becomes one channel, and the spatial axes are left as " +
      "they are. Over channels that detect one feature in several forms the unit learns to be invariant to which of the forms it is: INV-4.",
    formula: perAxes((each) => `Z[n,c,${each("p#", ",")}] = Max(V[n, (c-1)*g + m, ${each("p#")}], m=1:g)`),
    symbols: {
      V: "[N, C, …X] the input: batch, channels, spatial axes",
      Z: "[N, C/g, …X] the output",
      g: "the attribute size: how many channels are one group; it divides C",
    },
    special: "NaN, −0 and ±∞ are as in max pooling, POOL-2, and so are the choices.",
    choices: { nan: ["propagate", "ignore"], "signed-zero": ["any", "positive"] },
    source: [
      { note: "000", heading: "Learned Invariances of Pooling (figure 9.9)" },
      { note: "003", heading: "Pooling" },
    ],
    operators: ["channel-pool"],
  },
  {
    id: "POOL-11",
    title: "The winners of max pooling",
    statement:
      "For each window, where its largest element stands: the row-major place in the plane of its channel, counting from 0, as a number of the input's " +
      "format. It is kept from the forward pass to route the error back, GRAD-20. Of equal elements the first in row-major order wins, or the last: " +
      "the choice ties. The formula is that of ties first.",
    formula: perAxes((each, axes) => {
      // 1-based in the plane: ((v1 − 1)·X2 + v2 − 1)·X3 + v3, by v − 1 of each axis.
      const before = "((p#-1)*s# + (k#-1)*d# - a#)";
      const at = (axis: number) => before.replaceAll("#", String(axis));
      let offset = at(1);
      for (let axis = 2; axis <= axes; axis++) offset = `(${offset}*X${axis} + ${at(axis)})`;
      const cells = {
        tensor: "V[n, c, ",
        self: place("k"),
        other: place("m"),
        index: "m#",
        from: "1",
        to: "R#",
        before: "k#-1",
      };
      return `Z[n,c,${each("p#", ",")}] = Sum(${offset} + 1, ${each("k#=1:R#")}, ${wins(each, axes, cells)}) - 1`;
    }),
    symbols: { ...windowSymbols, X: "the spatial extents of the input" },
    special:
      "A window without an element has no winner and gives −1. One whose elements all are −∞ has one. −0 and +0 are equal. NaN, by the choice nan. " +
      "propagate: it wins, and several NaN tie. ignore: it wins only in a window of NaN alone. No choice moves a winner out of its window.",
    choices: { nan: ["propagate", "ignore"], ties: ["first", "last"] },
    source: [{ note: "002", heading: "Accounting for the pooling layer (1/2)" }],
    operators: ["max-pool-winners"],
  },
];
