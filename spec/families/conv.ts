import type { Clause } from "../clause.ts";

/** CONV: convolution proper, whose kernel index runs against the input's. */
export const conv: readonly Clause[] = [
  {
    id: "CONV-1",
    title: "Continuous convolution",
    statement:
      "The convolution of two functions of d real variables weighs every value of the first, the input, by the value of " +
      "the second, the kernel, at the distance that separates it from the point asked for. It is defined wherever the " +
      "integral is. In one dimension, with t a time and x a measured signal, w(t − a) weighs the measurement taken at a by " +
      "its age t − a; s is a weighted average of the past only if w is a density and vanishes for negative ages. " +
      "The function s is the feature map.",
    equation: "s(t) = (x * w)(t) = \\int_{\\mathbb{R}^d} x(a)\\, w(t - a)\\, da",
    symbols: {
      x: "the input, a function of d real variables",
      w: "the kernel, a function of d real variables",
      s: "the feature map",
      "t, a": "points of ℝᵈ",
    },
    source: [
      { note: "000", heading: "9.1 The Convolution Operation" },
      { note: "002", heading: "1D convolution (1/2), (2/2)" },
      { note: "003", heading: "Convolution" },
      { note: "004", heading: "7.1.3. Convolutions" },
    ],
    operators: [],
  },
  {
    id: "CONV-2",
    title: "Discrete convolution in one dimension",
    statement:
      "On integers the integral becomes a sum. The two sequences are zero but for the finitely many values that are stored, " +
      "so the sum is over those alone, and the result is stored where any of them meet: N + R − 1 values (SHAPE-4). " +
      "Counting from 1 on all sides, x[a] meets w[t − a + 1].",
    formula: [{ axes: 1, text: "s[t] = Sum(x[a] * w[t - a + 1], a)" }],
    instance: {
      operator: "convolve",
      names: { x: "V", w: "K", s: "Z" },
      free: [],
      fixed: { padding: "full" },
    },
    symbols: { x: "[N] the input", w: "[R] the kernel", s: "[N + R − 1] the feature map" },
    source: [
      { note: "000", heading: "9.1 The Convolution Operation" },
      { note: "003", heading: "Convolution" },
      { note: "004", heading: "7.1.3. Convolutions (7.1.5)" },
    ],
    operators: ["convolve"],
  },
  {
    id: "CONV-3",
    title: "Discrete convolution over several axes, summed over the input",
    statement:
      "Each axis has its own index and its own flip. In this order of the sum the summation indices are those of the input, " +
      "and the kernel is read backwards from the output position. Where a set of notes counts the kernel from −1 to 1, the " +
      "output of the same size as the input is the middle of this one: the padding is same (SHAPE-3).",
    formula: {
      1: "S[i] = Sum(I[m] * K[i-m+1], m)",
      2: "S[i,j] = Sum(I[m,n] * K[i-m+1, j-n+1], m, n)",
      3: "S[i,j,k] = Sum(I[m,n,q] * K[i-m+1, j-n+1, k-q+1], m, n, q)",
    },
    instance: { operator: "convolve", names: { I: "V", S: "Z" }, free: [], fixed: { padding: "full" } },
    symbols: { I: "[…X] the input", K: "[…R] the kernel", S: "[…X + R − 1] the feature map" },
    source: [
      { note: "000", heading: "9.1 The Convolution Operation" },
      { note: "002", heading: "2D convolution; 2D convolution example" },
      { note: "003", heading: "Convolution, 2D" },
      { note: "004", heading: "7.1.3. Convolutions (7.1.6)" },
    ],
    errata: [
      {
        id: "E-008",
        source: { note: "002", heading: "Computing S(0,0)" },
        printed: "The three lines of the sum for S(0,0) are joined by signs of equality.",
        corrected:
          "They are one sum: the lines are to be added. All nine terms together give the −13 that is printed further on.",
      },
    ],
    operators: ["convolve"],
  },
  {
    id: "CONV-4",
    title: "Discrete convolution over several axes, summed over the kernel",
    statement:
      "The same numbers come from the other order of the sum, in which the summation indices are those of the kernel and " +
      "the input is read backwards. It is the order to implement when the kernel is the smaller of the two, because its " +
      "ranges do not depend on the output position. CONV-3 and CONV-4 agree for every input and kernel.",
    formula: {
      1: "S[i] = Sum(I[i-m+1] * K[m], m)",
      2: "S[i,j] = Sum(I[i-m+1, j-n+1] * K[m,n], m, n)",
      3: "S[i,j,k] = Sum(I[i-m+1, j-n+1, k-q+1] * K[m,n,q], m, n, q)",
    },
    instance: { operator: "convolve", names: { I: "V", S: "Z" }, free: [], fixed: { padding: "full" } },
    symbols: { I: "[…X] the input", K: "[…R] the kernel", S: "[…X + R − 1] the feature map" },
    source: [
      { note: "000", heading: "9.1 The Convolution Operation" },
      { note: "003", heading: "Convolution, 2D" },
    ],
    operators: ["convolve"],
  },
  {
    id: "CONV-5",
    title: "The operator convolve",
    statement:
      "Convolution of a batch, with channels, groups, stride, dilation, padding and bias. It has the inputs, the attributes, " +
      "the output shape and the rules of cross-correlation (CORR-3 to CORR-10), and differs from it in one thing: within a " +
      "window the kernel is read from its last element to its first. The window of an output position covers the same input " +
      "elements in both.",
    formula: {
      1: "Z[n,o,p1] = b[o] + Sum(V[n, (ceil(o*G/O)-1)*C + c, (p1-1)*s1 + (R1-k1)*d1 + 1 - a1] * K[o,c,k1], c, k1)",
      2:
        "Z[n,o,p1,p2] = b[o] + Sum(V[n, (ceil(o*G/O)-1)*C + c, (p1-1)*s1 + (R1-k1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (R2-k2)*d2 + 1 - a2] * K[o,c,k1,k2], c, k1, k2)",
      3:
        "Z[n,o,p1,p2,p3] = b[o] + Sum(V[n, (ceil(o*G/O)-1)*C + c, (p1-1)*s1 + (R1-k1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (R2-k2)*d2 + 1 - a2, (p3-1)*s3 + (R3-k3)*d3 + 1 - a3] * K[o,c,k1,k2,k3], c, k1, k2, k3)",
    },
    symbols: {
      V: "[N, G·C, …X] the input: batch, channels, spatial axes",
      K: "[O, C, …R] the kernel: output channels, channels of one group, spatial axes",
      b: "[O] the bias; zero where it is left out",
      Z: "[N, O, …P] the output, P as SHAPE-1 to SHAPE-6 say",
      G: "groups",
      "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
    },
    special: "As CORR-5 and CORR-10 say of cross-correlation.",
    source: [
      { note: "000", heading: "9.1 The Convolution Operation; 9.5 Variants of the Basic Convolution" },
      { note: "002", heading: "Trick to speed up computation" },
    ],
    operators: ["convolve"],
  },
  {
    id: "CONV-6",
    title: "Commutativity, and where it ends",
    statement:
      "With one channel, unit stride and full padding, input and kernel may change places: x ∗ w = w ∗ x, because the kernel is " +
      "flipped. Under valid or same padding the roles of the two differ, and so do the results. With channels the " +
      "operations that follow one another are products of matrices whose entries convolve. Two of them commute only if " +
      "each has as many output as input channels, and that is not enough: 1×1 kernels are matrices, and matrices of one " +
      "size need not commute. Kernels that are diagonal in the channels (CORR-7 with one channel a group) do.",
    equation:
      "I * K = K * I, \\qquad (K * L)_{o,c} = \\sum_{e} K_{o,e} * L_{e,c} \\ne (L * K)_{o,c} \\text{ in general}",
    symbols: {
      "K, L": "kernels with as many output as input channels",
      "o, e, c": "channels",
    },
    source: [
      { note: "000", heading: "9.1 The Convolution Operation; 9.5 Variants of the Basic Convolution" },
      { note: "003", heading: "Convolution, 2D" },
    ],
    errata: [
      {
        id: "E-004",
        source: { note: "000", heading: "9.5 Variants of the Basic Convolution" },
        printed:
          "Says of multichannel convolutions when they commute: only with equal numbers of input and output channels.",
        corrected:
          "Equal numbers are necessary, not sufficient. The 1×1 kernels [[0,1],[0,0]] and [[0,0],[1,0]] have two channels on " +
          "either side, and give different results in the two orders.",
      },
    ],
    operators: ["convolve"],
  },
  {
    id: "CONV-7",
    title: "Convolution as cross-correlation",
    statement:
      "Convolution with a kernel is cross-correlation (CORR-1) with that kernel turned by 180°, which reverses every spatial " +
      "axis and no other. This holds under every padding, stride and dilation; the formula shows it for the full output, where " +
      "R − 1 cells of padding stand on each side. A network that learns its kernels learns them flipped under one operation " +
      "and unflipped under the other, and loses nothing.",
    formula: {
      1: "S[i] = Sum(I[i+m-R1] * K[R1+1-m], m=1:R1)",
      2: "S[i,j] = Sum(I[i+m-R1, j+n-R2] * K[R1+1-m, R2+1-n], m=1:R1, n=1:R2)",
      3: "S[i,j,k] = Sum(I[i+m-R1, j+n-R2, k+q-R3] * K[R1+1-m, R2+1-n, R3+1-q], m=1:R1, n=1:R2, q=1:R3)",
    },
    instance: { operator: "convolve", names: { I: "V", S: "Z" }, free: [], fixed: { padding: "full" } },
    symbols: { I: "[…X] the input", K: "[…R] the kernel", S: "[…X + R − 1] the feature map" },
    source: [
      { note: "000", heading: "9.1 The Convolution Operation" },
      { note: "002", heading: "Trick to speed up computation; Cross-correlation" },
      { note: "004", heading: "7.1.3. Convolutions" },
    ],
    operators: ["convolve", "correlate"],
  },
];
