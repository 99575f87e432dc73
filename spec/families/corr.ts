import type { Clause } from "../clause.ts";

/** CORR: cross-correlation, the operation that most libraries call convolution. */
export const corr: readonly Clause[] = [
  {
    id: "CORR-1",
    title: "Cross-correlation, one channel",
    statement:
      "At every position the kernel lies on the input unflipped; elements that lie on each other are multiplied and the " +
      "products are added. It is the inner product of the kernel with the window of the input that begins at the " +
      "position. The output has the positions at which the kernel lies wholly within the input (SHAPE-1). Counting from 1, " +
      "the first window begins at the first element, hence the −1.",
    formula: {
      1: "S[i] = Sum(I[i+m-1] * K[m], m)",
      2: "S[i,j] = Sum(I[i+m-1, j+n-1] * K[m,n], m, n)",
      3: "S[i,j,k] = Sum(I[i+m-1, j+n-1, k+q-1] * K[m,n,q], m, n, q)",
    },
    instance: { operator: "correlate", names: { I: "V", S: "Z" }, free: [] },
    symbols: { I: "[…X] the input", K: "[…R] the kernel", S: "[…X − R + 1] the feature map" },
    source: [
      { note: "000", heading: "9.1 The Convolution Operation; Computing Convolution Indices" },
      { note: "001", heading: "Convolutional Neural networks (Convolution at p)" },
      { note: "002", heading: "Cross-correlation; Cross-correlation (2/2)" },
      { note: "003", heading: "Convolution, 2D" },
      { note: "004", heading: "7.1.2.1. Translation Invariance; 7.1.3. Convolutions" },
    ],
    errata: [
      {
        id: "E-007",
        source: { note: "000", heading: "9.1 The Convolution Operation" },
        printed: "Writes cross-correlation with the sign of convolution, as (I ∗ K)(i, j); 003 does the same.",
        corrected:
          "They are two operations (CONV-4, CORR-1), equal only for kernels that a turn by 180° does not change. Note 002 " +
          "writes ⊗ for cross-correlation; here each has its own name.",
      },
    ],
    operators: ["correlate"],
  },
  {
    id: "CORR-2",
    title: "Rotating the kernel by 180° turns cross-correlation into convolution",
    statement:
      "Cross-correlation with the kernel turned by 180° is convolution with the kernel as it stands, at every padding. The turn " +
      "reverses every spatial axis; channels stay where they are, and turning twice changes nothing.",
    formula: {
      1: "S[i] = Sum(I[i+m-1] * K[R1+1-m], m=1:R1)",
      2: "S[i,j] = Sum(I[i+m-1, j+n-1] * K[R1+1-m, R2+1-n], m=1:R1, n=1:R2)",
      3: "S[i,j,k] = Sum(I[i+m-1, j+n-1, k+q-1] * K[R1+1-m, R2+1-n, R3+1-q], m=1:R1, n=1:R2, q=1:R3)",
    },
    instance: { operator: "convolve", names: { I: "V", S: "Z" }, free: [] },
    symbols: { I: "[…X] the input", K: "[…R] the kernel", S: "[…X − R + 1] the convolution of the two, valid" },
    source: [{ note: "002", heading: "Trick to speed up computation; Cross-correlation" }],
    operators: ["correlate", "convolve"],
  },
  {
    id: "CORR-3",
    title: "Several channels",
    statement:
      "The input has channels, and the kernel has one slice for each pair of an output and an input channel: K[i,l] is the " +
      "strength with which channel l of the input reaches channel i of the output. Each output channel is the sum over " +
      "the input channels of their cross-correlations with its slices. The kernel extends over all channels of the input (of its " +
      "group, under CORR-7) and slides along the spatial axes only. An output channel is also called an activation map.",
    formula: {
      1: "Z[i,j] = Sum(V[l, j+m-1] * K[i,l,m], l, m)",
      2: "Z[i,j,k] = Sum(V[l, j+m-1, k+n-1] * K[i,l,m,n], l, m, n)",
      3: "Z[i,j,k,h] = Sum(V[l, j+m-1, k+n-1, h+q-1] * K[i,l,m,n,q], l, m, n, q)",
    },
    instance: { operator: "correlate", free: [] },
    symbols: {
      V: "[C, …X] the input: channels, spatial axes",
      K: "[O, C, …R] the kernel: output channels, input channels, spatial axes",
      Z: "[O, …X − R + 1] the output",
    },
    source: [
      { note: "000", heading: "9.5 Variants of the Basic Convolution; Computing Convolution Indices" },
      { note: "001", heading: "Convolution as definition" },
      { note: "002", heading: "Convolution layer; Convolution - input volume depth d=3" },
      { note: "004", heading: "7.1.4. Channels (7.1.7)" },
    ],
    errata: [
      {
        id: "E-009",
        source: { note: "000", heading: "9.5 Variants of the Basic Convolution" },
        printed: "Calls the kernel's indices k and l the offsets, in rows and columns, between output and input unit.",
        corrected:
          "The formula below it counts from 1 and reads V at j + m − 1: kernel index 1 is offset 0. The offsets are the indices less 1.",
      },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "CORR-4",
    title: "Strided cross-correlation, c(K, V, s)",
    statement:
      "Of the output of CORR-3 every s-th position is kept, the first included. Each spatial axis has a stride of its " +
      "own; the notes use the same on all. The positions between need not be computed: the result is " +
      "that of unit stride, sampled afterwards. What happens when the last step does not fit is SHAPE-2.",
    formula: {
      1: "Z[i,j] = Sum(V[l, (j-1)*s1 + m] * K[i,l,m], l, m)",
      2: "Z[i,j,k] = Sum(V[l, (j-1)*s1 + m, (k-1)*s2 + n] * K[i,l,m,n], l, m, n)",
      3: "Z[i,j,k,h] = Sum(V[l, (j-1)*s1 + m, (k-1)*s2 + n, (h-1)*s3 + q] * K[i,l,m,n,q], l, m, n, q)",
    },
    instance: { operator: "correlate", free: ["stride"] },
    symbols: {
      V: "[C, …X] the input",
      K: "[O, C, …R] the kernel",
      Z: "[O, …⌊(X − R)/s⌋ + 1] the output",
      s: "the stride, on each spatial axis",
    },
    source: [
      { note: "000", heading: "Computing Convolution Indices; Convolution with a Stride" },
      { note: "001", heading: "Convolutional Neural networks (stride)" },
      { note: "002", heading: "A closer look at spatial dimensions; Convolution example" },
    ],
    errata: [
      {
        id: "E-003",
        source: { note: "000", heading: "Computing Convolution Indices" },
        printed: "The strided formula reads row (i − 1) × s + m of the input.",
        corrected:
          "Row (j − 1) × s + m. The index i is the output channel; the row of the output is j, and nothing else in the formula uses it.",
      },
      {
        id: "E-005",
        source: { note: "002", heading: "Convolution example" },
        printed: "Gives I(i + m, j + n) for an example whose parameters include S = 2.",
        corrected:
          "I(i·S + m, j·S + n). As printed it describes unit stride; the printed outputs are those of stride 2.",
      },
      {
        id: "E-006",
        source: { note: "002", heading: "Convolution example (cross-correlation)" },
        printed:
          "Prints the third channel of the padded input in several ways: its third row as 0 2 1 1 2 0 0 and as " +
          "0 2 1 1 1 2 0, its fourth as 0 1 1 2 1 2 0 and as 0 1 1 2 0 2 0.",
        corrected:
          "Rows 0 2 1 1 1 2 0 and 0 1 1 2 0 2 0: with the kernels as the example first prints them they give both printed outputs. " +
          "Of the four combinations of these rows no other does.",
      },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "CORR-5",
    title: "Zero padding: terms that are skipped",
    statement:
      "Padding lets the window reach beyond the input: a cells before the first element of an axis, and as many after the last as " +
      "the output asks for (SHAPE-3 to SHAPE-5). A term whose index is not valid is no term. It is skipped, not multiplied by zero: for " +
      "finite data this is the same as a border of zeros, and for kernels that hold ±∞ or NaN it is not. A window wholly in " +
      "the padding sums nothing and gives the bias, or zero.",
    formula: {
      1: "Z[i,j] = Sum(V[l, j+m-1-a1] * K[i,l,m], l, m)",
      2: "Z[i,j,k] = Sum(V[l, j+m-1-a1, k+n-1-a2] * K[i,l,m,n], l, m, n)",
      3: "Z[i,j,k,h] = Sum(V[l, j+m-1-a1, k+n-1-a2, h+q-1-a3] * K[i,l,m,n,q], l, m, n, q)",
    },
    instance: { operator: "correlate", free: ["padding"] },
    symbols: {
      V: "[C, …X] the input",
      K: "[O, C, …R] the kernel",
      Z: "[O, …X + a + z − R + 1] the output",
      "a, z": "on each spatial axis: cells of padding before and after the input",
    },
    special: "An infinite or NaN weight that lies over padding contributes nothing: neither NaN nor ∞.",
    source: [
      {
        note: "000",
        heading: "Example of 2D Convolution; 9.5 Variants of the Basic Convolution; Effect of Zero Padding",
      },
      { note: "001", heading: "Convolutional Neural networks (padding)" },
      { note: "002", heading: "Solution; CNN hyper-parameters" },
      { note: "003", heading: "Other Details" },
    ],
    errata: [
      {
        id: "E-001",
        source: { note: "000", heading: "Example of 2D Convolution" },
        printed: "The first output has −4 in row 2, column 3 (not counting the border).",
        corrected:
          "−9. The columns of the window there sum to 15, 8 and 10, and the kernel is −1, 2, −1 on each row: 2·8 − 15 − 10.",
      },
      {
        id: "E-002",
        source: { note: "000", heading: "Example of 2D Convolution" },
        printed: "The second output is left blank but for its first entries.",
        corrected: "It is [[2, 1, 5, 0], [7, 14, 12, 12], [−4, −9, −8, −8], [9, 12, 10, 5]].",
      },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "CORR-6",
    title: "Dilation",
    statement:
      "Neighbouring elements of the kernel meet input elements d apart; those between are not looked at. The kernel then spans " +
      "(R − 1)·d + 1 cells (SHAPE-6). It is the cross-correlation with a kernel that has d − 1 zeros put between its elements, " +
      "but for the weights that are not there: an infinite input under a gap contributes nothing. Each spatial axis has a dilation of " +
      "its own; 1 is none.",
    formula: {
      1: "Z[i,j] = Sum(V[l, j+(m-1)*d1] * K[i,l,m], l, m)",
      2: "Z[i,j,k] = Sum(V[l, j+(m-1)*d1, k+(n-1)*d2] * K[i,l,m,n], l, m, n)",
      3: "Z[i,j,k,h] = Sum(V[l, j+(m-1)*d1, k+(n-1)*d2, h+(q-1)*d3] * K[i,l,m,n,q], l, m, n, q)",
    },
    instance: { operator: "correlate", free: ["dilation"] },
    symbols: {
      V: "[C, …X] the input",
      K: "[O, C, …R] the kernel",
      Z: "[O, …X − (R − 1)·d] the output",
      d: "the dilation, on each spatial axis",
    },
    source: [{ note: "001", heading: "Convolutional Neural networks (reference to conv_arithmetic)" }],
    operators: ["correlate", "convolve"],
  },
  {
    id: "CORR-7",
    title: "Groups, and the depthwise case",
    statement:
      "The channels of input and output are split, in order, into G groups of equal size. An output channel sums over the input channels " +
      "of its own group only, so that the kernel has C channels where the input has G·C. With G = 1 all channels mix. With " +
      "one input channel a group (C = 1) the operation is depthwise: every channel has kernels of its own, O/G of them.",
    formula: {
      1: "Z[i,j] = Sum(V[(ceil(i*G/O)-1)*C + l, j+m-1] * K[i,l,m], l, m)",
      2: "Z[i,j,k] = Sum(V[(ceil(i*G/O)-1)*C + l, j+m-1, k+n-1] * K[i,l,m,n], l, m, n)",
      3: "Z[i,j,k,h] = Sum(V[(ceil(i*G/O)-1)*C + l, j+m-1, k+n-1, h+q-1] * K[i,l,m,n,q], l, m, n, q)",
    },
    instance: { operator: "correlate", free: ["groups"] },
    symbols: {
      V: "[G·C, …X] the input",
      K: "[O, C, …R] the kernel; G divides O",
      Z: "[O, …X − R + 1] the output",
      G: "groups",
    },
    source: [{ note: "003", heading: "Other Details (channels processed independently or together)" }],
    operators: ["correlate", "convolve"],
  },
  {
    id: "CORR-8",
    title: "Bias",
    statement: "One number for each output channel is added to every element of that channel. Left out, it is zero.",
    formula: {
      1: "Z[i,j] = b[i] + Sum(V[l, j+m-1] * K[i,l,m], l, m)",
      2: "Z[i,j,k] = b[i] + Sum(V[l, j+m-1, k+n-1] * K[i,l,m,n], l, m, n)",
      3: "Z[i,j,k,h] = b[i] + Sum(V[l, j+m-1, k+n-1, h+q-1] * K[i,l,m,n,q], l, m, n, q)",
    },
    instance: { operator: "correlate", free: [], optional: true },
    symbols: { b: "[O] the bias", V: "[C, …X] the input", K: "[O, C, …R] the kernel", Z: "[O, …X − R + 1] the output" },
    source: [
      { note: "002", heading: "Convolution - input volume depth d=3; Convolution example; Notation" },
      { note: "004", heading: "7.1.2.1. Translation Invariance" },
    ],
    operators: ["correlate", "convolve"],
  },
  {
    id: "CORR-9",
    title: "The operator correlate",
    statement:
      "Cross-correlation of a batch, with channels, groups, stride, dilation, padding and bias. The samples of a batch do not " +
      "meet: each is the result of the operator on that sample alone. A batch of no samples gives an output of no samples.",
    formula: {
      1: "Z[n,o,p1] = b[o] + Sum(V[n, (ceil(o*G/O)-1)*C + c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1] * K[o,c,k1], c, k1)",
      2:
        "Z[n,o,p1,p2] = b[o] + Sum(V[n, (ceil(o*G/O)-1)*C + c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (k2-1)*d2 + 1 - a2] * K[o,c,k1,k2], c, k1, k2)",
      3:
        "Z[n,o,p1,p2,p3] = b[o] + Sum(V[n, (ceil(o*G/O)-1)*C + c, (p1-1)*s1 + (k1-1)*d1 + 1 - a1, " +
        "(p2-1)*s2 + (k2-1)*d2 + 1 - a2, (p3-1)*s3 + (k3-1)*d3 + 1 - a3] * K[o,c,k1,k2,k3], c, k1, k2, k3)",
    },
    symbols: {
      V: "[N, G·C, …X] the input: batch, channels, spatial axes",
      K: "[O, C, …R] the kernel: output channels, channels of one group, spatial axes",
      b: "[O] the bias; zero where it is left out",
      Z: "[N, O, …P] the output, P as SHAPE-1 to SHAPE-6 say",
      G: "groups",
      "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
    },
    special: "See CORR-5 for padding and CORR-10 for values.",
    source: [
      { note: "000", heading: "9.5 Variants of the Basic Convolution" },
      { note: "002", heading: "Convolution" },
    ],
    operators: ["correlate"],
  },
  {
    id: "CORR-10",
    title: "Values that are not ordinary numbers",
    statement:
      "Products and sums are those of IEEE 754, whatever the order in which they are added. Every term with a valid index takes " +
      "part, one with a zero weight or a zero input included. The order of the sum is not prescribed, nor is fused multiplication and " +
      "addition forbidden; how far a result may be from the exact one is derived from the inputs.",
    special:
      "NaN in a window makes its outputs NaN, and no others. ∞ times a finite number that is not zero is ∞ with the sign of the product; " +
      "0 · ∞ is NaN, so that a zero weight may not be skipped; ∞ and −∞ in one sum are NaN. The payload and the sign " +
      "of a NaN are not specified. The sign of a sum that is zero is not specified. Subnormal inputs and results keep their value, unless the backend " +
      "declares that it flushes them to zero. An exact value that rounds beyond the largest finite number is ∞ with its sign. Where " +
      "Σ|V||K| is so large that a partial sum may overflow in some order, a result that is not finite is permitted beside the exact one.",
    source: [{ note: "000", heading: "9.5 Variants of the Basic Convolution (sums over valid indices)" }],
    operators: ["correlate", "convolve"],
  },
];
