import type { Clause } from "../clause.ts";

/** EQUI: what a shift of the input does to the output, and what other changes do not. */
export const equi: readonly Clause[] = [
  {
    id: "EQUI-1",
    title: "Equivariance to translation",
    statement:
      "A function f is equivariant to a function g if f(g(x)) = g(f(x)). With f a convolution or a cross-correlation at unit stride and g a shift by whole cells this holds at every output whose window lies within " +
      "the input both before and after the shift. What moves in the input moves as far in the output: an event that comes later appears later, and otherwise unchanged. It is not invariance, f(g(x)) = f(x), which convolution does not have.",
    equation: "f(g(I)) = g(f(I)), \\qquad g(I)(x, y) = I(x - 1, y)",
    symbols: { f: "a layer", g: "a shift", I: "an input" },
    source: [
      { note: "000", heading: "Equivariance to Translation; 9.2 Motivation of Convolution" },
      { note: "002", heading: "Characteristics of CNNs; Equivalent representations" },
      { note: "003", heading: "Motivation for CNNs: Why Fake News?" },
      { note: "004", heading: "7.1.1. Invariance; 7.1.2.1. Translation Invariance; 7.1.5. Discussion" },
    ],
    errata: [
      {
        id: "E-027",
        source: { note: "004", heading: "7.1.1. Invariance" },
        printed:
          "Uses translation invariance and translation equivariance as two words for one thing; 002 heads its slides on it “Equivalent representations”.",
        corrected:
          "Convolution is equivariant and not invariant: after a shift of the input the output is another, the shifted one.",
      },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "EQUI-2",
    title: "Where the border breaks it",
    statement:
      "Zeros beyond the border stay where they are when the input moves. An output whose window reaches into them depends on where the border is: of a constant image under a kernel of ones the middle gives 9 and the corners 4. Data that leaves on one side " +
      "is lost. On a torus, where indices wrap, equivariance has no such limit.",
    source: [{ note: "000", heading: "Equivariance to Translation" }],
    errata: [
      {
        id: "E-025",
        source: { note: "000", heading: "Equivariance to Translation" },
        printed: "With g any function that shifts the input, convolution is equivariant to g; 002 says the same.",
        corrected:
          "On a finite grid with zero padding only at outputs whose windows stay away from the border, before and after the shift.",
      },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "EQUI-3",
    title: "Under a stride only whole strides",
    statement:
      "With stride s a shift of the input by t·s cells shifts the output by t. A shift by another number of cells gives other samples of the output at unit stride, which in general are no shift of those " +
      "that were there.",
    equation: "f_s(g_{t s}(I)) = g_t(f_s(I))",
    symbols: {
      s: "the stride",
      t: "a whole number",
      f: "a layer of that stride",
      g: "a shift by the cells in its index",
    },
    source: [{ note: "000", heading: "Equivariance to Translation; Convolution with a Stride" }],
    errata: [
      {
        id: "E-026",
        source: { note: "000", heading: "Equivariance to Translation" },
        printed: "Any shift; the stride that is introduced later is not mentioned.",
        corrected: "At stride s only shifts by multiples of s.",
      },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "EQUI-4",
    title: "Not to rotation, not to scale",
    statement:
      "Turning the input by 90° does not turn the output: the left-neighbour difference finds vertical edges in either case. The output turns if the kernel turns too. Enlarging the input twofold, each cell becoming four, " +
      "does not enlarge the output: an edge stays one cell wide.",
    source: [
      { note: "000", heading: "Equivariance to Translation" },
      { note: "002", heading: "Equivalent representations" },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "EQUI-5",
    title: "One detector for every place",
    statement:
      "The inner product of a kernel with a window is the score of the window. Because all windows have the same kernel, a patch has the same score wherever it lies, and the highest score lies where the patch does. With weights of its own for each place a layer " +
      "would have to learn the patch at every place.",
    source: [
      { note: "001", heading: "Convolution as definition" },
      { note: "004", heading: "7.1.1. Invariance; 7.1.4. Channels" },
    ],
    operators: ["correlate"],
  },
];
