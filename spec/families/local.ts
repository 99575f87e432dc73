import type { Clause } from "../clause.ts";
import { perAxes } from "./axes.ts";

/** LOCAL: locally connected layers, whose every output position has a kernel of its own. */
export const local: readonly Clause[] = [
  {
    id: "LOCAL-1",
    title: "Unshared convolution",
    statement:
      "Every output position sees the window of the input that a cross-correlation would see there, but through weights of its own: no " +
      "weight is used twice in one sample. In two dimensions the weight tensor has six axes: output channel, row and column of the output, input " +
      "channel, row and column of the offset. It suits features that belong to a place, such as the eyes in pictures that are centred on a face. As the weights " +
      "stay where they are, shifting the input does not shift the output.",
    formula: {
      1: "Z[i,j] = Sum(V[l, j+m-1] * W[i,j,l,m], l, m)",
      2: "Z[i,j,k] = Sum(V[l, j+m-1, k+n-1] * W[i,j,k,l,m,n], l, m, n)",
      3: "Z[i,j,k,h] = Sum(V[l, j+m-1, k+n-1, h+q-1] * W[i,j,k,h,l,m,n,q], l, m, n, q)",
    },
    instance: { operator: "locally-connected", free: [] },
    symbols: {
      V: "[C, …X] the input: channels, spatial axes",
      W: "[O, …P, C, …R] the weights: output channels, output positions, input channels, offsets",
      Z: "[O, …P] the output, P = X − R + 1",
    },
    source: [
      { note: "000", heading: "Local Connections and Convolution (figure 9.14)" },
      { note: "000", heading: "Equivariance to Translation" },
      { note: "003", heading: "Other Details" },
    ],
    operators: ["locally-connected"],
  },
  {
    id: "LOCAL-2",
    title: "The operator locally-connected",
    statement:
      "LOCAL-1 for a batch, with stride, padding, dilation and rounding as cross-correlation has them (CORR-4 to CORR-6), and with a bias for every output channel and " +
      "position. W says how many positions there are; they must be as many as SHAPE-1 to SHAPE-6 give. A weight that lies over padding at its one position is used " +
      "nowhere, and its value makes no difference.",
    formula: perAxes(
      (each) =>
        `Z[n,o,${each("p#", ",")}] = b[o,${each("p#", ",")}] + ` +
        `Sum(V[n, c, ${each("(p#-1)*s# + (k#-1)*d# + 1 - a#")}] * W[o,${each("p#", ",")},c,${each("k#", ",")}], c, ${each("k#")})`,
    ),
    symbols: {
      V: "[N, C, …X] the input: batch, channels, spatial axes",
      W: "[O, …P, C, …R] the weights",
      b: "[O, …P] the bias; zero where it is left out",
      Z: "[N, O, …P] the output",
      "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
    },
    special: "As CORR-5 and CORR-10 say of cross-correlation.",
    source: [
      { note: "000", heading: "Local Connections and Convolution (figure 9.14)" },
      { note: "003", heading: "Other Details" },
    ],
    operators: ["locally-connected"],
  },
  {
    id: "LOCAL-3",
    title: "From dense to shared: one hierarchy",
    statement:
      "A dense layer with every weight zero that leads out of a window is a locally connected layer; one whose kernels are the same at all positions is a " +
      "cross-correlation. Locally connected and convolutional layers connect the same units, and differ in what they store: with five units on a line and " +
      "windows of two, the last of which reaches beyond the end, nine weights or two, where a dense layer stores twenty-five. Between the two lies TILED-1.",
    source: [
      { note: "000", heading: "Local Connections and Convolution (figure 9.14); Tiled Convolution (figure 9.16)" },
    ],
    operators: ["locally-connected", "tiled", "correlate", "dense"],
  },
];
