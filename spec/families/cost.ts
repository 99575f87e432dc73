import type { Clause } from "../clause.ts";

/** COST: parameters and operations. The letters are numbers, and what a formula gives is counted by running an instance. */
export const cost: readonly Clause[] = [
  {
    id: "COST-1",
    title: "Dense, sparse, shared",
    statement:
      "From m inputs to n outputs a dense layer has A = m·n weights and takes as many multiplications. If each output has only k connections, there are B = k·n of both. " +
      "If the outputs share their weights, as in convolution, k of them are stored; the multiplications remain k·n.",
    formula: [{ text: "A = m*n" }, { text: "B = k*n" }, { text: "C = k" }],
    symbols: {
      "m, n": "inputs and outputs",
      k: "connections of an output",
      "A, B, C": "weights: dense, sparse, shared",
    },
    source: [
      { note: "000", heading: "9.2 Motivation of Convolution" },
      { note: "001", heading: "Convolutional Neural networks" },
      { note: "002", heading: "Sparse interactions; Parameters sharing; Fully connected layer" },
      { note: "003", heading: "Motivation for CNNs: Why Fake News?" },
    ],
    operators: [],
  },
  {
    id: "COST-2",
    title: "A dense layer on a photograph",
    statement:
      "H × W pixels to n units take H·W·n weights: one megapixel and a thousand units, a billion of them. By the rule of thumb of four samples a weight, " +
      "a layer from 1,000 to 1,000 units already asks for four million samples.",
    formula: [{ text: "A = H*W*n" }, { text: "S = 4*A" }],
    symbols: { "H, W": "extents of the image", n: "units", A: "weights", S: "samples, by the rule of thumb" },
    source: [
      { note: "001", heading: "Convolutional Neural networks" },
      { note: "002", heading: "Fully connected layer" },
      { note: "004", heading: "7.1. From Fully Connected Layers to Convolutions" },
    ],
    operators: [],
  },
  {
    id: "COST-3",
    title: "From a weight for every pair of pixels to a window",
    statement:
      "From an image to a hidden image of the same extents a dense layer has A = (H·W)² weights. If a weight depends only on the offset between the two places, there are as many as offsets, " +
      "B = (2H − 1)·(2W − 1). If offsets beyond Δ have none, C = (2Δ + 1)² are left.",
    formula: [{ text: "A = H*W*H*W" }, { text: "B = (2*H - 1)*(2*W - 1)" }, { text: "C = (2*D + 1)*(2*D + 1)" }],
    symbols: {
      "H, W": "extents of the image",
      D: "Δ, the largest offset on either axis",
      "A, B, C": "weights: dense, the same at every place, and local besides",
    },
    source: [
      { note: "004", heading: "7.1.2. Constraining the MLP; 7.1.2.1. Translation Invariance; 7.1.2.2. Locality" },
    ],
    errata: [
      {
        id: "E-020",
        source: { note: "004", heading: "7.1.2.1. Translation Invariance" },
        printed: "4 × 10⁶ parameters for offsets a, b of (−1000, 1000).",
        corrected:
          "3,996,001: the open interval holds the 1,999 offsets that occur between 1,000 places on an axis, and 1,999² of them in two dimensions. 4 × 10⁶ is that, rounded.",
      },
      {
        id: "E-021",
        source: { note: "004", heading: "7.1.2.2. Locality" },
        printed: "4Δ² parameters for offsets from −Δ to Δ on each axis.",
        corrected: "(2Δ + 1)², since zero is an offset too: 441 for Δ = 10, where 4Δ² is 400.",
      },
    ],
    operators: [],
  },
  {
    id: "COST-4",
    title: "Twenty-five connections instead of a thousand",
    statement:
      "A thousand neurons that each take 25 neighbours have 25,000 weights, a fortieth of the million of the dense layer. Where the row of neurons ends a window of 25 reaches beyond it: if the row does not close on itself, " +
      "156 of the connections meet no neuron.",
    formula: [{ text: "A = m*n" }, { text: "B = k*n" }, { text: "F = A/B" }],
    symbols: {
      "m, n": "neurons before and after",
      k: "connections of a neuron",
      "A, B": "weights",
      F: "their quotient",
    },
    source: [{ note: "001", heading: "Convolutional Neural networks" }],
    operators: [],
  },
  {
    id: "COST-5",
    title: "The edges of an image, four ways",
    statement:
      "From every pixel its left neighbour is subtracted, and 280 × 320 pixels give 280 × 319. As a cross-correlation with (−1, 1) it takes F float operations, two multiplications and an addition for each output, and stores " +
      "two numbers. As a dense matrix it has D entries, and takes as many multiplications. As a sparse matrix it takes the operations of the cross-correlation and stores S entries.",
    formula: [{ text: "F = 3*H*(W - 1)" }, { text: "D = H*W*H*(W - 1)" }, { text: "S = 2*H*(W - 1)" }],
    symbols: {
      "H, W": "extents of the image: 280 and 320",
      F: "float operations of the cross-correlation: 267,960",
      D: "entries of the dense matrix: 8,003,072,000",
      S: "entries of the sparse matrix: 178,640",
    },
    source: [{ note: "003", heading: "Efficiency Example" }],
    operators: [],
  },
  {
    id: "COST-6",
    title: "Stride and pooling save",
    statement:
      "With stride s on each of d axes the layer computes about 1/s^d of the outputs, with as many multiplications for each; to compute all outputs and then to keep every s-th wastes the rest. " +
      "Pooling with stride s leaves the next layer so many inputs fewer.",
    formula: [
      { axes: 1, text: "B = A/s1" },
      { axes: 2, text: "B = A/(s1*s2)" },
      { axes: 3, text: "B = A/(s1*s2*s3)" },
    ],
    symbols: {
      s: "the stride on each axis, dividing the number of outputs at unit stride",
      "A, B": "multiplications at unit stride and at stride s",
    },
    source: [
      { note: "000", heading: "Convolution with a Stride; Pooling with Downsampling; Computing Convolution Indices" },
      { note: "003", heading: "Pooling" },
    ],
    operators: [],
  },
  {
    id: "COST-7",
    title: "Two small kernels for a large one",
    statement:
      "Two layers of 3 × 3 see what one of 5 × 5 sees (FIELD-3), with 18 weights instead of 25 for each pair of channels.",
    formula: [{ text: "A = k*k" }, { text: "B = 2*j*j" }],
    symbols: {
      k: "the width of the large kernel, 2j − 1",
      j: "the width of each small one",
      "A, B": "weights of the one and of the two",
    },
    source: [{ note: "001", heading: "Pooling (inception, figure 5)" }],
    operators: [],
  },
  {
    id: "COST-8",
    title: "Convolution and cross-correlation cost the same",
    statement:
      "Turning the kernel changes which elements meet, not how many: convolution and cross-correlation have the same number of multiplications and additions under any attributes. " +
      "What the notes' preference for cross-correlation saves is the turning itself, which moves numbers and computes none, and the index that runs backwards.",
    source: [{ note: "002", heading: "Cross-correlation; Derivative of activations wrt weights" }],
    operators: ["correlate", "convolve"],
  },
];
