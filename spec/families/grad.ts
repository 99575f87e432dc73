import type { Clause } from "../clause.ts";

const kernelSymbols = {
  G: "[N, O, …P] the gradient from above, ∂E/∂Z",
  V: "[N, groups·C, …X] the input of the forward operator",
  dK: "[O, C, …R] the gradient, ∂E/∂K",
  M: "output channels of one group, O/groups",
  "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
};

const inputSymbols = {
  G: "[N, O, …P] the gradient from above, ∂E/∂Z",
  K: "[O, C, …R] the kernel of the forward operator",
  dV: "[N, groups·C, …X] the gradient, ∂E/∂V",
  M: "output channels of one group, O/groups",
  "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
};

/** GRAD: the derivatives of the error E with respect to what a layer of sliding kernels is given. */
export const grad: readonly Clause[] = [
  {
    id: "GRAD-1",
    title: "The kernel's gradient, one channel: cross-correlation of y with δ",
    statement:
      "δ is the derivative of the error E with respect to each output of the layer, y the layer's input. A weight takes part in every output, " +
      "each time on another input element, so that its derivative sums over all outputs. The weight at (m, n) has met the patch of " +
      "y that begins at (m, n) and is as large as δ: the gradient is the cross-correlation of y with δ for a kernel.",
    formula: {
      1: "D[m] = Sum(G[i] * V[i+m-1], i)",
      2: "D[m,n] = Sum(G[i,j] * V[i+m-1, j+n-1], i, j)",
      3: "D[m,n,q] = Sum(G[i,j,k] * V[i+m-1, j+n-1, k+q-1], i, j, k)",
    },
    instance: { operator: "correlate-kernel-gradient", names: { D: "dK" }, free: [] },
    symbols: {
      G: "[…P] δ, the gradient from above",
      V: "[…X] y, the input of the layer",
      D: "[…X − P + 1] the gradient ∂E/∂w",
    },
    source: [
      {
        note: "002",
        heading:
          "Point-wise error gradient; Gradient wrt weights; Derivative of activations wrt weights; Updating the kernel weights",
      },
    ],
    operators: ["correlate-kernel-gradient"],
  },
  {
    id: "GRAD-2",
    title: "The kernel's gradient by convolution with the flipped delta",
    statement:
      "The same gradient is the convolution of y with δ turned by 180°, at the positions where the two overlap wholly: convolution turns its " +
      "kernel, and turning twice is not turning (CORR-2).",
    formula: {
      1: "D[m] = Sum(G[P1+1-i] * V[m+P1-i], i=1:P1)",
      2: "D[m,n] = Sum(G[P1+1-i, P2+1-j] * V[m+P1-i, n+P2-j], i=1:P1, j=1:P2)",
      3: "D[m,n,q] = Sum(G[P1+1-i, P2+1-j, P3+1-k] * V[m+P1-i, n+P2-j, q+P3-k], i=1:P1, j=1:P2, k=1:P3)",
    },
    instance: { operator: "correlate-kernel-gradient", names: { D: "dK" }, free: [] },
    symbols: {
      G: "[…P] δ, the gradient from above",
      V: "[…X] y, the input of the layer",
      D: "[…X − P + 1] the gradient ∂E/∂w",
    },
    source: [{ note: "002", heading: "Derivative of activations wrt weights (Note, after the bibliography)" }],
    operators: ["correlate-kernel-gradient"],
  },
  {
    id: "GRAD-3",
    title: "The operator correlate-kernel-gradient, g(G, V, s)",
    statement:
      "The gradient of CORR-9 with respect to its kernel, with channels, groups, stride, dilation and padding. Output o and position p have met " +
      "weight k on the input element p·s + k·d − a: stride and dilation have changed places against the forward operator. " +
      "A term whose index is not valid was none in the forward sum and is none here. The gradient of a batch is the sum of the gradients of its samples. " +
      "The kernel's extents are given, since under a stride several have outputs of the same extents.",
    formula: {
      1: "dK[o,c,k1] = Sum(G[n,o,p1] * V[n, (ceil(o/M)-1)*C + c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1], n, p1)",
      2:
        "dK[o,c,k1,k2] = Sum(G[n,o,p1,p2] * V[n, (ceil(o/M)-1)*C + c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (k2-1)*d2 + 1 - a2], n, p1, p2)",
      3:
        "dK[o,c,k1,k2,k3] = Sum(G[n,o,p1,p2,p3] * V[n, (ceil(o/M)-1)*C + c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (k2-1)*d2 + 1 - a2, (p3-1)*s3 + (k3-1)*d3 + 1 - a3], n, p1, p2, p3)",
    },
    symbols: kernelSymbols,
    special:
      "As CORR-10 says of products and sums. A weight that lay over padding at every position has gradient zero.",
    source: [
      { note: "002", heading: "Gradient wrt weights; Derivative of activations wrt weights" },
      { note: "000", heading: "Computing Convolution Indices (the strided c, of which this is the gradient)" },
    ],
    operators: ["correlate-kernel-gradient"],
  },
  {
    id: "GRAD-4",
    title: "The input's gradient, one channel: the recursion of δ",
    statement:
      "An input element takes part in every output whose window reaches it: in output i − m + 1 it has met the weight m. Its derivative sums, over " +
      "the weights, the δ of that output times the weight, which is the full convolution of δ with the kernel, not turned. " +
      "Through an activation function f one layer below, the result is further multiplied by f′ of the activation there.",
    formula: {
      1: "D[i] = Sum(G[i-m+1] * K[m], m)",
      2: "D[i,j] = Sum(G[i-m+1, j-n+1] * K[m,n], m, n)",
      3: "D[i,j,k] = Sum(G[i-m+1, j-n+1, k-q+1] * K[m,n,q], m, n, q)",
    },
    instance: { operator: "correlate-input-gradient", names: { D: "dV" }, free: [] },
    symbols: {
      G: "[…P] δ of the layer above",
      K: "[…R] the kernel w of the layer above",
      D: "[…P + R − 1] the gradient ∂E/∂y, which times f′ is δ of this layer",
    },
    source: [{ note: "002", heading: "Gradient of E(w) wrt activations; Putting it all together" }],
    operators: ["correlate-input-gradient"],
  },
  {
    id: "GRAD-5",
    title: "The input's gradient by cross-correlation with the kernel turned by 180°",
    statement:
      "The full convolution of GRAD-4 is the cross-correlation of δ, padded with R − 1 zeros on every side, with the kernel turned by 180° (CORR-2): " +
      "the window that gives element i begins at element i − R + 1 of δ.",
    formula: {
      1: "D[i] = Sum(G[i-R1+m] * K[R1+1-m], m=1:R1)",
      2: "D[i,j] = Sum(G[i-R1+m, j-R2+n] * K[R1+1-m, R2+1-n], m=1:R1, n=1:R2)",
      3: "D[i,j,k] = Sum(G[i-R1+m, j-R2+n, k-R3+q] * K[R1+1-m, R2+1-n, R3+1-q], m=1:R1, n=1:R2, q=1:R3)",
    },
    instance: { operator: "correlate-input-gradient", names: { D: "dV" }, free: [] },
    symbols: {
      G: "[…P] δ of the layer above",
      K: "[…R] the kernel w of the layer above",
      D: "[…P + R − 1] the gradient ∂E/∂y",
    },
    source: [{ note: "002", heading: "Gradient of E(w) wrt activations; Putting it all together" }],
    errata: [
      {
        id: "E-011",
        source: { note: "002", heading: "Gradient of E(w) wrt activations" },
        printed: "δ at (i, j) is f′(a) times the cross-correlation of the δ above with rot180(w), at (i, j).",
        corrected:
          "With the indices that the notes give cross-correlation for finite kernels, from 0 to k − 1, δ must be padded with k − 1 zeros on " +
          "every side first. Without, the result has H − 2(k₁ − 1) rows in place of the H of the layer's input, and element (i, j) is the one that belongs at " +
          "(i + k₁ − 1, j + k₂ − 1).",
      },
    ],
    operators: ["correlate-input-gradient"],
  },
  {
    id: "GRAD-6",
    title: "The operator correlate-input-gradient, h(K, G, s)",
    statement:
      "The gradient of CORR-9 with respect to its input, with channels, groups, stride, dilation and padding. Weight k carries back to input element " +
      "x from the position (x + a − k·d)/s, where that is a whole number; a fraction is no index, since no window had weight k there. " +
      "Input elements that no window reached, as between long strides and behind the last window, have gradient zero. " +
      "The input's extents are given, since under a stride several have outputs of the same extents.",
    formula: {
      1:
        "dV[n,l,x1] = Sum(G[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (k1-1)*d1)/s1 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1], m=1:M, k1)",
      2:
        "dV[n,l,x1,x2] = Sum(G[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (k1-1)*d1)/s1 + 1, (x2-1 + a2 - (k2-1)*d2)/s2 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1, k2], m=1:M, k1, k2)",
      3:
        "dV[n,l,x1,x2,x3] = Sum(G[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (k1-1)*d1)/s1 + 1, " +
        "(x2-1 + a2 - (k2-1)*d2)/s2 + 1, (x3-1 + a3 - (k3-1)*d3)/s3 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1, k2, k3], m=1:M, k1, k2, k3)",
    },
    symbols: inputSymbols,
    special:
      "As CORR-10 says of products and sums. An element that no window reached is zero whatever G and K hold, NaN and infinities included.",
    source: [
      { note: "002", heading: "Gradient of E(w) wrt activations" },
      { note: "000", heading: "Computing Convolution Indices (the strided c, of which this is the gradient)" },
    ],
    operators: ["correlate-input-gradient"],
  },
  {
    id: "GRAD-7",
    title: "The operator convolve-kernel-gradient",
    statement:
      "The gradient of CONV-5 with respect to its kernel: that of GRAD-3 turned by 180°, since convolution is cross-correlation with the kernel turned.",
    formula: {
      1: "dK[o,c,k1] = Sum(G[n,o,p1] * V[n, (ceil(o/M)-1)*C + c, (p1-1)*s1 + (R1-k1)*d1 + 1 - a1], n, p1)",
      2:
        "dK[o,c,k1,k2] = Sum(G[n,o,p1,p2] * V[n, (ceil(o/M)-1)*C + c, (p1-1)*s1 + (R1-k1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (R2-k2)*d2 + 1 - a2], n, p1, p2)",
      3:
        "dK[o,c,k1,k2,k3] = Sum(G[n,o,p1,p2,p3] * V[n, (ceil(o/M)-1)*C + c, (p1-1)*s1 + (R1-k1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (R2-k2)*d2 + 1 - a2, (p3-1)*s3 + (R3-k3)*d3 + 1 - a3], n, p1, p2, p3)",
    },
    symbols: kernelSymbols,
    special: "As GRAD-3.",
    source: [
      {
        note: "002",
        heading: "Convolution (whether to flip the kernel or not); Derivative of activations wrt weights",
      },
    ],
    operators: ["convolve-kernel-gradient"],
  },
  {
    id: "GRAD-8",
    title: "The operator convolve-input-gradient",
    statement: "The gradient of CONV-5 with respect to its input: that of GRAD-6 for the kernel turned by 180°.",
    formula: {
      1:
        "dV[n,l,x1] = Sum(G[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (R1-k1)*d1)/s1 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1], m=1:M, k1)",
      2:
        "dV[n,l,x1,x2] = Sum(G[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (R1-k1)*d1)/s1 + 1, (x2-1 + a2 - (R2-k2)*d2)/s2 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1, k2], m=1:M, k1, k2)",
      3:
        "dV[n,l,x1,x2,x3] = Sum(G[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (R1-k1)*d1)/s1 + 1, " +
        "(x2-1 + a2 - (R2-k2)*d2)/s2 + 1, (x3-1 + a3 - (R3-k3)*d3)/s3 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1, k2, k3], m=1:M, k1, k2, k3)",
    },
    symbols: inputSymbols,
    special: "As GRAD-6.",
    source: [
      { note: "002", heading: "Convolution (whether to flip the kernel or not); Gradient of E(w) wrt activations" },
    ],
    operators: ["convolve-input-gradient"],
  },
  {
    id: "GRAD-9",
    title: "The bias's gradient",
    statement:
      "A bias is added to every element of its channel, with derivative 1 each time. Its gradient is the sum of δ over the channel, " +
      "positions and samples. It needs neither the input nor the kernel, and is right whether or not their gradients are asked for.",
    formula: {
      1: "db[o] = Sum(G[n,o,p1], n, p1)",
      2: "db[o] = Sum(G[n,o,p1,p2], n, p1, p2)",
      3: "db[o] = Sum(G[n,o,p1,p2,p3], n, p1, p2, p3)",
    },
    symbols: { G: "[N, O, …P] the gradient from above, ∂E/∂Z", db: "[O] the gradient, ∂E/∂b" },
    special: "As CORR-10 says of sums.",
    source: [{ note: "002", heading: "Update of biases" }],
    operators: ["bias-gradient"],
  },
  {
    id: "GRAD-10",
    title: "Transposed cross-correlation, the operator correlate-transpose",
    statement:
      "The input's gradient h offered as a forward operator: it takes an input of extents P to a result of extents X, on each axis " +
      "(P − 1)·s + (R − 1)·d + 1 − a − z and as many cells more as outputPadding says. Each input element lays down a copy of the kernel; copies that " +
      "overlap add up. padding takes cells off both ends: it is the padding of the cross-correlation that this is the transpose of. Under a stride s, " +
      "that cross-correlation has the same P for s neighbouring values of X, under rounding floor, and outputPadding says which is meant. Hence it is less than s: " +
      "from s on, the cross-correlation of the result would have more than P windows, and this would be its transpose no longer. " +
      "The dilation has no part in it. The first axis of K goes with the input's channels, as it does in h. The bias has one element for each channel of the result, " +
      "and is added to cells that no copy reaches, too.",
    formula: {
      1:
        "Z[n,l,x1] = b[l] + Sum(V[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (k1-1)*d1)/s1 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1], m=1:M, k1)",
      2:
        "Z[n,l,x1,x2] = b[l] + Sum(V[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (k1-1)*d1)/s1 + 1, (x2-1 + a2 - (k2-1)*d2)/s2 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1, k2], m=1:M, k1, k2)",
      3:
        "Z[n,l,x1,x2,x3] = b[l] + Sum(V[n, (ceil(l/C)-1)*M + m, (x1-1 + a1 - (k1-1)*d1)/s1 + 1, " +
        "(x2-1 + a2 - (k2-1)*d2)/s2 + 1, (x3-1 + a3 - (k3-1)*d3)/s3 + 1] " +
        "* K[(ceil(l/C)-1)*M + m, l - (ceil(l/C)-1)*C, k1, k2, k3], m=1:M, k1, k2, k3)",
    },
    symbols: {
      V: "[N, O, …P] the input",
      K: "[O, C, …R] the kernel",
      b: "[groups·C] the bias; zero where it is left out",
      Z: "[N, groups·C, …X] the result",
      M: "input channels of one group, O/groups",
      "s, d, a": "on each spatial axis: stride, dilation, cells taken off before the result",
    },
    special: "As CORR-10 says of products and sums. A cell that no copy of the kernel reaches holds the bias, or zero.",
    source: [
      { note: "002", heading: "Gradient of E(w) wrt activations; Bibliography (A guide to convolution arithmetic)" },
    ],
    operators: ["correlate-transpose"],
  },
  {
    id: "GRAD-11",
    title: "One bilinear form, three operators",
    statement:
      "Without its bias cross-correlation is linear in the input and in the kernel, and so is convolution. Each gradient is the transpose of one of these linear maps: " +
      "the three inner products are the same number, whatever V, K and G are. From this alone both gradients follow. They do not " +
      "depend on the bias, and neither depends on the tensor that it is the gradient for.",
    equation: "\\langle c(K, V, s), G \\rangle = \\langle K, g(G, V, s) \\rangle = \\langle V, h(K, G, s) \\rangle",
    symbols: { c: "CORR-9 without bias", g: "GRAD-3", h: "GRAD-6", "⟨ , ⟩": "the sum of products of elements" },
    source: [
      { note: "002", heading: "Derivative of activations wrt weights; Gradient of E(w) wrt activations" },
      { note: "000", heading: "Computing Convolution Indices (the strided c)" },
    ],
    operators: [
      "correlate-kernel-gradient",
      "correlate-input-gradient",
      "convolve-kernel-gradient",
      "convolve-input-gradient",
    ],
  },
  {
    id: "GRAD-12",
    title: "Sums over nothing",
    statement:
      "A sum without a term is zero, and is written as zero. A batch of no samples gives kernel and bias gradients of zeros, in their full shape, " +
      "and an input gradient of no samples. An input element that no window reached gets zero.",
    source: [
      { note: "002", heading: "Gradient wrt weights; Update of biases" },
      { note: "000", heading: "9.5 Variants of the Basic Convolution (sums over valid indices)" },
    ],
    operators: [
      "correlate-kernel-gradient",
      "correlate-input-gradient",
      "convolve-kernel-gradient",
      "convolve-input-gradient",
      "bias-gradient",
      "correlate-transpose",
    ],
  },
];
