import type { Clause } from "../clause.ts";

const image = "of the extents of the image";

/** DENSE: fully connected layers, and the way from them to a convolution. */
export const dense: readonly Clause[] = [
  {
    id: "DENSE-1",
    title: "The operator dense",
    statement:
      "Every output is connected with every input by a weight of its own: a matrix times a vector, for every sample of a batch. Tensors with more axes are laid out in a row before, " +
      "row-major, sample by sample. No weight is used twice in one sample.",
    formula: "Z[n,o] = b[o] + Sum(x[n,i] * W[o,i], i)",
    symbols: {
      x: "[N, I] the inputs",
      W: "[O, I] the weights: a row for each output",
      b: "[O] the bias; zero where it is left out",
      Z: "[N, O] the outputs",
    },
    special: "As CORR-10 says of products and sums.",
    source: [
      { note: "000", heading: "9.2 Motivation of Convolution; Local Connections and Convolution (figure 9.14)" },
      { note: "001", heading: "Convolutional Neural networks; Pooling (Convolution-Relu-Pooling)" },
      { note: "002", heading: "Fully connected layer" },
      { note: "003", heading: "Output" },
      { note: "004", heading: "7.1. From Fully Connected Layers to Convolutions" },
    ],
    operators: ["dense"],
  },
  {
    id: "DENSE-2",
    title: "From an image to an image: four indices",
    statement:
      "Where inputs and outputs are images, each place of the output has a weight for each place of the input: W has four axes. It is DENSE-1 on " +
      "images laid out in rows, with W as a matrix whose row is (i, j) and whose column is (k, l).",
    formula: "H[i,j] = U[i,j] + Sum(W[i,j,k,l] * X[k,l], k, l)",
    symbols: {
      X: "the image",
      H: `the hidden image, ${image}`,
      W: "for each place of H a weight for each place of X",
      U: `the biases, ${image}`,
    },
    source: [{ note: "004", heading: "7.1.2. Constraining the MLP" }],
    operators: ["dense"],
  },
  {
    id: "DENSE-3",
    title: "The same, indexed by offsets",
    statement:
      "With k = i + a and l = j + b the weights are indexed by the place of the output and the offset from it: V[i,j,a,b] = W[i,j,i+a,j+b]. Offsets are of " +
      "both signs; terms whose place is not in the image are none. Nothing is changed but the names of the weights. Where the offsets reach from −(X − 1) to X − 1 on each axis, this " +
      "is the locally connected layer with a window of 2X − 1 and same padding, whose window covers the image wherever it stands.",
    formula: [
      {
        axes: 2,
        text: "H[i,j] = U[i,j] + Sum(V[i, j, 1, a+a1+1, b+a2+1] * X[i+a, j+b], a=-a1:z1, b=-a2:z2)",
      },
    ],
    instance: {
      operator: "locally-connected",
      names: { H: "Z", U: "b", V: "W", X: "V" },
      free: [],
      fixed: { padding: "same" },
      optional: true,
    },
    symbols: {
      "X, H, U": "the image, the hidden image, the biases: of the same extents",
      V: "for each place of H a weight for each offset: of one channel, and offset a is stored at a + a1 + 1",
      "a, b": "the offsets, negative ones too",
      "a1, z1, a2, z2": "how far offsets reach back and forth on each axis: the padding before and after the image",
    },
    source: [{ note: "004", heading: "7.1.2. Constraining the MLP" }],
    errata: [
      {
        id: "E-031",
        source: { note: "004", heading: "7.1.2. Constraining the MLP" },
        printed: "The coefficients of W and of V correspond one to one, with offsets that cover the entire image.",
        corrected:
          "Each place of an image of H × W pixels has H·W offsets that meet a pixel, and those weights correspond. Offsets of both signs that cover the image from every place are " +
          "(2H − 1)·(2W − 1): the other weights of V meet nothing and have no counterpart in W.",
      },
    ],
    operators: ["dense", "locally-connected"],
  },
  {
    id: "DENSE-4",
    title: "Translation invariance makes it a convolution",
    statement:
      "If a shift of the image is to shift the hidden image, weights and biases cannot depend on the place: V[i,j,a,b] = V[a,b], and U is a constant u. What is left is a cross-correlation " +
      "(CORR-1) with one kernel, which the notes call a convolution here and set right further on. Its kernel still reaches across the image; COST-3 counts its weights.",
    formula: [
      { axes: 1, text: "H[i] = u[1] + Sum(V[a+a1+1] * X[i+a], a=-a1:z1)" },
      { axes: 2, text: "H[i,j] = u[1] + Sum(V[a+a1+1, b+a2+1] * X[i+a, j+b], a=-a1:z1, b=-a2:z2)" },
    ],
    instance: {
      operator: "correlate",
      names: { H: "Z", u: "b", V: "K", X: "V" },
      free: [],
      fixed: { padding: "same" },
      optional: true,
    },
    symbols: {
      "X, H": "the image and the hidden image, of the same extents",
      V: "a weight for each offset: the kernel; offset a is stored at a + a1 + 1",
      u: "the bias, one number",
      "a, b": "the offsets, negative ones too",
      "a1, z1, a2, z2": "how far offsets reach back and forth on each axis: the padding before and after the image",
    },
    source: [{ note: "004", heading: "7.1.2.1. Translation Invariance" }],
    operators: ["dense", "correlate"],
  },
  {
    id: "DENSE-5",
    title: "Locality: the window Δ",
    statement:
      "If places farther away than Δ on either axis do not matter, V[a,b] is 0 there and need not be stored. What is left is a kernel of 2Δ + 1 weights on each axis, centred on the " +
      "place, and the image keeps its extents: same padding. It has (2Δ + 1)² weights; that the notes count 4Δ² is E-021, under COST-3.",
    formula: "H[i,j] = u[1] + Sum(V[a+D+1, b+D+1] * X[i+a, j+b], a=-D:D, b=-D:D)",
    symbols: {
      "X, H": "the image and the hidden image, of the same extents",
      V: "[2Δ + 1, 2Δ + 1] the kernel",
      u: "the bias, one number",
      D: "Δ, the largest offset that counts",
    },
    source: [{ note: "004", heading: "7.1.2.2. Locality (7.1.3)" }],
    operators: ["dense", "correlate"],
  },
  {
    id: "DENSE-6",
    title: "Channels, written last",
    statement:
      "With channels the notes index the image as row, column, channel, and the kernel as row, column, input channel, output channel. It is CORR-3 with the axes in another order: " +
      "X[i,j,c] is V[c,i,j], H[i,j,d] is Z[d,i,j], and the kernel V[a,b,c,d] is K[d,c,a,b]. A backend that stores tensors in this order permutes " +
      "axes, and computes the same numbers.",
    formula: "H[i,j,d] = Sum(V[a+D+1, b+D+1, c, d] * X[i+a, j+b, c], a=-D:D, b=-D:D, c)",
    symbols: {
      X: "the image: rows, columns, channels",
      V: "[2Δ + 1, 2Δ + 1, C, O] the kernel: rows, columns, input channels, output channels",
      H: "the hidden image: rows, columns, channels",
      D: "Δ, the largest offset that counts",
    },
    source: [{ note: "004", heading: "7.1.4. Channels (7.1.7)" }],
    operators: ["correlate"],
  },
];
