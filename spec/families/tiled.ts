import type { Clause } from "../clause.ts";
import { perAxes } from "./axes.ts";

/** TILED: a few kernels that take turns from one output position to the next. */
export const tiled: readonly Clause[] = [
  {
    id: "TILED-1",
    title: "Tiled convolution, the operator tiled",
    statement:
      "There are t kernels on each spatial axis, and each step to the next output position takes the next of them, beginning again after the last: position p uses the kernel " +
      "p mod t, counting from 0. Neighbouring positions have weights of their own, as in a locally connected layer, and the number of weights does not grow with the input. " +
      "Each axis has a t of its own, so that on two axes there are t1·t2 kernels. The bias is one for each output channel. " +
      "Everything else is as in cross-correlation (CORR-4 to CORR-6).",
    formula: perAxes(
      (each) =>
        `Z[n,o,${each("p#", ",")}] = b[o] + Sum(V[n, c, ${each("(p#-1)*s# + (k#-1)*d# + 1 - a#")}] ` +
        `* K[o, c, ${each("k#")}, ${each("(p#-1) % t# + 1")}], c, ${each("k#")})`,
    ),
    symbols: {
      V: "[N, C, …X] the input: batch, channels, spatial axes",
      K: "[O, C, …R, …t] the kernels; the last axes say which",
      b: "[O] the bias; zero where it is left out",
      Z: "[N, O, …P] the output, P as SHAPE-1 to SHAPE-6 say",
      t: "how many kernels take turns, on each spatial axis",
      "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
    },
    special: "As CORR-5 and CORR-10 say of cross-correlation.",
    source: [
      { note: "000", heading: "Tiled Convolution (figure 9.16)" },
      { note: "003", heading: "Other Details" },
    ],
    operators: ["tiled"],
  },
  {
    id: "TILED-2",
    title: "Which kernel comes first",
    statement:
      "The first output position uses the first kernel, as the letters in the figure do: a and b, then c and d. Counting from 1 this is K[i, l, m, (j − 1) % t + 1]. It is a trap " +
      "to write j % t + 1 with an index that counts from 1: the first position then uses the second kernel, and all kernels stand one further. The two agree only for t = 1. " +
      "An implementation that starts there gives, for kernels that differ, another result, and is wrong here.",
    formula: {
      1: "Z[i,j] = Sum(V[l, j+m-1] * K[i,l,m,(j-1)%t1+1], l, m)",
      2: "Z[i,j,k] = Sum(V[l, j+m-1, k+n-1] * K[i,l,m,n,(j-1)%t1+1,(k-1)%t2+1], l, m, n)",
      3: "Z[i,j,k,h] = Sum(V[l, j+m-1, k+n-1, h+q-1] * K[i,l,m,n,q,(j-1)%t1+1,(k-1)%t2+1,(h-1)%t3+1], l, m, n, q)",
    },
    instance: { operator: "tiled", free: [] },
    symbols: {
      V: "[C, …X] the input: channels, spatial axes",
      K: "[O, C, …R, …t] the kernels",
      Z: "[O, …X − R + 1] the output",
    },
    source: [{ note: "000", heading: "Tiled Convolution (figure 9.16)" }],
    operators: ["tiled"],
  },
  {
    id: "TILED-3",
    title: "Between sharing everything and sharing nothing",
    statement:
      "With t = 1 there is one kernel, and tiled convolution is cross-correlation. With t at least the number of output positions no kernel is used twice, and it is a locally connected layer " +
      "(kernels beyond the last position are not used). In between it is the locally connected layer whose weights repeat every t positions. " +
      "It is equivariant to shifts by t steps of the stride, and not to shorter ones: then other kernels meet the same input.",
    source: [{ note: "000", heading: "Tiled Convolution (figure 9.16)" }],
    operators: ["tiled", "locally-connected", "correlate"],
  },
];
