import type { Clause } from "../clause.ts";

/** MATRIX: convolution as multiplication by a matrix, and what is tied and zero in it. */
export const matrix: readonly Clause[] = [
  {
    id: "MATRIX-1",
    title: "In one dimension: a Toeplitz matrix",
    statement:
      "Convolution with a kernel in one dimension is multiplication by a matrix that is constant along every diagonal: row t holds the kernel backwards, " +
      "moved by t, and zeros. For cross-correlation the kernel stands forwards. A stride keeps every s-th row.",
    equation:
      "T_{t,a} = w_{t-a+1} \\text{ where } 1 \\le t - a + 1 \\le R, \\text{ and } 0 \\text{ elsewhere}, \\qquad s = T \\, x",
    symbols: {
      x: "[N] the input",
      w: "[R] the kernel",
      T: "[N + R − 1, N] the matrix, for the full output",
      s: "[N + R − 1] the convolution",
    },
    source: [{ note: "003", heading: "Convolution, 2D" }],
    operators: [],
  },
  {
    id: "MATRIX-2",
    title: "In two dimensions: blocks of blocks",
    statement:
      "On a torus, where indices wrap on both axes, convolution is multiplication by a doubly block circulant matrix: blocks that wrap, each of rows that wrap. On a grid with zeros " +
      "around it nothing wraps, and the matrix is doubly block Toeplitz. The second is part of the first for extents X + R − 1, which leave room: its columns for the places of the input.",
    equation: "C_{(i,j),(k,l)} = K_{(i-k) \\bmod P_1,\\; (j-l) \\bmod P_2}",
    symbols: { K: "[P1, P2] the kernel, extended by zeros", C: "[P1·P2, P1·P2] the matrix, counting from 0" },
    source: [{ note: "003", heading: "Convolution, 2D" }],
    errata: [
      {
        id: "E-022",
        source: { note: "003", heading: "Convolution, 2D" },
        printed: "Gives a doubly block circulant matrix for convolution in 2D, beside a Toeplitz matrix in 1D.",
        corrected:
          "Circulant is for indices that wrap, in one dimension as in two. The convolution of the formulas above it, zero beyond the stored values, " +
          "has a doubly block Toeplitz matrix; the circulant one of the same extents gives other rows at the border.",
      },
    ],
    operators: [],
  },
  {
    id: "MATRIX-3",
    title: "The dense matrix of any linear operator",
    statement:
      "Every operator here that is linear in its input is multiplication by a matrix, whatever its stride, padding, dilation, groups and channels: column v is the " +
      "operator's output for the input that is 1 at place v and 0 at all others. It has a row for each output and a column for each input.",
    equation: "M_{z,v} = f(e_v)_z, \\qquad f(V)_z = \\sum_v M_{z,v} \\, V_v",
    symbols: { f: "a linear operator", e: "the unit inputs", M: "the matrix; places z and v are row-major" },
    source: [
      { note: "003", heading: "Convolution, 2D; Efficiency Example" },
      { note: "004", heading: "7.1.2. Constraining the MLP" },
    ],
    operators: [],
  },
  {
    id: "MATRIX-4",
    title: "Convolution as an infinitely strong prior",
    statement:
      "A convolution is a dense layer with two demands on its weights that no data can overrule: entries that link an output to an input outside its receptive field are zero, and entries that " +
      "hold the same element of the kernel are equal. What is left to learn is the kernel. A locally connected layer meets the first demand only. Pooling by averages fixes " +
      "every entry.",
    source: [
      {
        note: "000",
        heading: "9.4 Convolution and Pooling as an Infinitely Strong Prior; Local Connections and Convolution",
      },
      { note: "003", heading: "Convolution, 2D" },
    ],
    operators: [],
  },
  {
    id: "MATRIX-5",
    title: "The order of the pixels",
    statement:
      "If the pixels of every image change places in the same way, a dense layer can give the outputs it gave before: its columns change places too. " +
      "A convolutional layer cannot, because the matrix it would need is no longer that of a kernel. This is what the prior of MATRIX-4 assumes of the data, and " +
      "why a model without it is to be compared with its like.",
    source: [{ note: "000", heading: "9.4 Convolution and Pooling as an Infinitely Strong Prior" }],
    operators: [],
  },
];
