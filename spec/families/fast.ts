import type { Clause } from "../clause.ts";

/** FAST: other ways to the same numbers. */
export const fast: readonly Clause[] = [
  {
    id: "FAST-1",
    title: "Convolution through the Fourier transform",
    statement:
      "The transform of a convolution is the product, element by element, of the transforms: turning both signals, multiplying and turning " +
      "back gives the convolution. With the discrete transform over P places the convolution is the circular one, whose indices wrap. It is the linear convolution " +
      "(CONV-2, CONV-3) exactly when both signals are first extended by zeros to P ≥ N + R − 1 places on every axis, so that nothing wraps onto anything. " +
      "Over the complex numbers this holds but for roundings; over the integers modulo a prime that has roots of one it holds exactly, and is run so here.",
    equation:
      "\\hat{I}_k = \\sum_{0 \\le a < P} I_a \\, \\omega^{a k}, \\qquad \\hat{C}_k = \\hat{I}_k \\, \\hat{K}_k \\iff C_p = \\sum_{0 \\le a < P} I_a \\, K_{(p - a) \\bmod P}",
    symbols: {
      "I, K":
        "[P] the input and the kernel, extended by zeros; on several axes [P1, …, Pd], with a root of one on each",
      C: "[P] their circular convolution",
      ω: "a root of one of order P",
    },
    source: [{ note: "000", heading: "9.8 Efficient Convolution Algorithms" }],
    errata: [
      {
        id: "E-024",
        source: { note: "000", heading: "9.8 Efficient Convolution Algorithms" },
        printed:
          "Calls convolution equivalent to transforming both signals, multiplying point by point and transforming back, without a condition.",
        corrected:
          "For finite signals this is circular convolution. It is linear convolution only after both are padded with zeros to N + R − 1 on every axis.",
      },
    ],
    operators: [],
  },
  {
    id: "FAST-2",
    title: "Separable kernels",
    statement:
      "A kernel over d axes is separable if it is the outer product of d vectors, one an axis. It is so exactly when each of its unfoldings, the matrices with one axis in the " +
      "rows and all others in the columns, has a rank of at most 1; the vectors are then the lines of the kernel through any element that is not zero, up to factors. Cross-correlation (or " +
      "convolution) with a separable kernel is that with each vector in turn, along its own axis, in any order. Most kernels are not separable.",
    equation: "K_{k_1,\\ldots,k_d} = u^{(1)}_{k_1} \\, u^{(2)}_{k_2} \\cdots u^{(d)}_{k_d}",
    symbols: { K: "[R1, …, Rd] the kernel", u: "[Ri] its factor along axis i" },
    source: [
      { note: "000", heading: "9.8 Efficient Convolution Algorithms" },
      { note: "003", heading: "Optimization" },
    ],
    operators: [],
  },
  {
    id: "FAST-3",
    title: "What a separable kernel saves",
    statement:
      "A kernel of w elements on each of d axes has w^d weights, and takes as many multiplications for each output; as factors it has w·d weights, and takes about as many " +
      "multiplications for each output. About, because the steps in between are longer than the output by the width of the kernels still to come: without padding it is " +
      "Σ_i w·M^i·N^(d−i) multiplications in all for N^d inputs and M^d outputs. The formulas are for widths that may differ.",
    formula: [
      { axes: 1, text: "A = w1" },
      { axes: 1, text: "B = w1" },
      { axes: 2, text: "A = w1*w2" },
      { axes: 2, text: "B = w1 + w2" },
      { axes: 3, text: "A = w1*w2*w3" },
      { axes: 3, text: "B = w1 + w2 + w3" },
    ],
    symbols: { w: "the extent of the kernel on each axis", A: "weights of the kernel", B: "weights of its factors" },
    source: [
      { note: "000", heading: "9.8 Efficient Convolution Algorithms" },
      { note: "003", heading: "Optimization" },
    ],
    operators: [],
  },
  {
    id: "FAST-4",
    title: "When the transform pays",
    statement:
      "The sum of CONV-2 multiplies N·R times. Three fast transforms of length P = 2^q ≥ N + R − 1, one factor for each of P outputs at each of q steps, the products and the " +
      "division by P take (3q + 2)·P. The transform has fewer multiplications where both signals are long, and more where the kernel is short.",
    formula: [{ text: "A = N*R" }, { text: "B = (3*q + 2)*P" }],
    symbols: {
      "N, R": "extents of the input and of the kernel",
      "P, q": "the length of the transform, 2^q",
      A: "multiplications of the sum",
      B: "multiplications through the transform",
    },
    source: [{ note: "000", heading: "9.8 Efficient Convolution Algorithms" }],
    operators: [],
  },
];
