import type { Clause } from "../clause.ts";

/** FIELD: which inputs and outputs are connected, and by which weight. */
export const field: readonly Clause[] = [
  {
    id: "FIELD-1",
    title: "From below: the outputs that an input reaches",
    statement:
      "Under a kernel of width k at unit stride an input reaches at most k outputs: with k = 3 and zeros beyond the ends, x3 reaches s2, s3 and s4. In a dense layer it reaches all of them.",
    formula: "O = min(k, N)",
    symbols: {
      N: "inputs, and outputs",
      k: "the width of the kernel, odd, padded to the same extent",
      O: "outputs that the middle input reaches",
    },
    source: [
      { note: "000", heading: "Sparse Connectivity of Convolution (figure 9.2)" },
      { note: "002", heading: "Sparse connectivity (1/2)" },
    ],
    operators: [],
  },
  {
    id: "FIELD-2",
    title: "From above: the receptive field",
    statement:
      "The receptive field of an output is the set of inputs that it depends on. Under a kernel of width 3 that of s3 is x2, x3 and x4; in a dense layer it is every input.",
    source: [
      { note: "000", heading: "Sparse Connectivity of Convolution (figure 9.3)" },
      { note: "002", heading: "Sparse connectivity (2/2)" },
    ],
    operators: [],
  },
  {
    id: "FIELD-3",
    title: "Growth over layers",
    statement:
      "Each layer with a window of F cells (SHAPE-6), pooling included, widens the receptive field by F − 1 steps, and a step is the product of the strides of all layers before it. It begins at 1, the input itself. Two layers of 3 × 3 at unit " +
      "stride see 5 × 5, three see 7 × 7. So units that are each connected to few can come to depend on the whole image, and sooner so with strides and pooling.",
    formula: [{ text: "R = r + (F - 1)*j" }, { text: "J = j*s" }],
    symbols: {
      "r, R": "the extent of the receptive field before the layer and after it",
      F: "the cells the layer's window spans",
      s: "the layer's stride",
      "j, J": "the distance in the input between neighbouring units before the layer and after it",
    },
    source: [
      { note: "000", heading: "Sparse Connectivity of Convolution (figure 9.4)" },
      { note: "001", heading: "Convolutional Neural networks (stacking)" },
      { note: "002", heading: "Receptive fields in deep networks (1/2); Receptive fields in deep networks (2/2)" },
    ],
    errata: [
      {
        id: "E-023",
        source: { note: "001", heading: "Convolutional Neural networks" },
        printed: "Two stacked layers of 3 × 3 look at 9 × 9, a third at 27 × 27.",
        corrected:
          "5 × 5 and 7 × 7 at unit stride. 9 × 9 and 27 × 27 are those of layers of stride 3, whose windows do not overlap.",
      },
    ],
    operators: [],
  },
  {
    id: "FIELD-4",
    title: "Where each weight is used",
    statement:
      "An element of the kernel is used once for each output whose window has an input under it: by every output if nothing is padded, by fewer near the ends of the kernel if the window " +
      "reaches beyond the border. The central element of a kernel of 3 is used at all five of five inputs, its neighbours at four. A weight of a dense layer is used once.",
    source: [
      { note: "000", heading: "Parameter Sharing of Convolution (figure 9.5); 9.2 Motivation of Convolution" },
      { note: "002", heading: "Parameters sharing" },
      { note: "003", heading: "Motivation for CNNs: Why Fake News?" },
    ],
    operators: [],
  },
  {
    id: "FIELD-5",
    title: "How far neighbouring fields overlap",
    statement:
      "The windows of two neighbouring outputs share F − S cells, none where the stride is as long as the window.",
    formula: "O = max(F - S, 0)",
    symbols: { F: "the cells the window spans", S: "stride", O: "cells that two neighbouring windows share" },
    source: [{ note: "002", heading: "CNN hyper-parameters" }],
    operators: [],
  },
];
