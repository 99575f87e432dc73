import type { Clause } from "../clause.ts";
import { perAxes } from "./axes.ts";

/** NET: what joins layers to a network. */
export const net: readonly Clause[] = [
  {
    id: "NET-1",
    title: "Shortcut connections: residual addition",
    statement:
      "What a block of layers computes is added to what went into it, element by element; both have one shape, which nothing is stretched to. The derivative of the sum for either part is the " +
      "identity: the gradient from above goes, unchanged, through the block and past it, and needs no operator of its own.",
    formula: "Z[i] = a[i] + b[i]",
    symbols: { "a, b": "what went into the block and what came out, of one shape", Z: "their sum, of that shape" },
    special: "As IEEE 754 says of sums: ∞ − ∞ is NaN.",
    source: [{ note: "001", heading: "Pooling (shortcut connections)" }],
    operators: ["add"],
  },
  {
    id: "NET-2",
    title: "Filter concatenation",
    statement:
      "The outputs of several branches that work on one input are put one after the other along the channels, in the order in which they are given: two to four of them, each with channels of its own. " +
      "Samples and spatial extents are the same in all. Nothing is computed, and every element keeps its bits.",
    formula: perAxes((each) => {
      const v = each("v#", ",");
      return (
        `Z[n,o,${v}] = Sum(a[n,o,${v}], o <= A) + Sum(b[n,o-A,${v}], A < o <= A+B) ` +
        `+ Sum(c[n,o-A-B,${v}], A+B < o <= A+B+C) + Sum(d[n,o-A-B-C,${v}], A+B+C < o)`
      );
    }),
    symbols: {
      "a, b, c, d":
        "[N, A, …X], [N, B, …X], [N, C, …X], [N, D, …X] the branches; c and d may be left out and then have no channels",
      Z: "[N, A + B + C + D, …X] the output",
    },
    special: "NaN, infinities and −0 are copied.",
    source: [{ note: "001", heading: "Pooling (inception: Filter Concat)" }],
    operators: ["concatenate"],
  },
  {
    id: "NET-3",
    title: "The layer of three stages",
    statement:
      "A typical layer does three things in turn: several convolutions side by side give linear activations (CORR-9), a detector passes each through a function that is not linear, such as ReLU (ACT-1), and " +
      "pooling summarises what is near (POOL-1). One terminology calls all of it one complex layer of three stages; the other calls every stage a simple layer, so that not every layer has parameters. Both name one " +
      "composition: the values and the gradients are the same. Pooling may be left out. Max pooling and ReLU may change places, for ReLU keeps the order of its arguments; average pooling may not.",
    equation: "Z = \\mathrm{pool}\\bigl(f(c(K, V, s) + b)\\bigr)",
    symbols: { "V, K, b, s": "those of CORR-9", f: "the detector", Z: "[N, O, …P] the output of the layer" },
    source: [
      { note: "000", heading: "9.3 Pooling; CNN Network Terminologies (figure 9.7)" },
      { note: "002", heading: "Three stages of a typical CONV layer; CONV layer; CONV layer diagram (P=0, S=1, d=1)" },
      { note: "003", heading: "Network Overview" },
    ],
    definedIn: "network.ts",
    operators: [],
  },
  {
    id: "NET-4",
    title: "The residual block",
    statement:
      "A shortcut past some layers F that keep the shape: what they make of the input is added to it (NET-1). Where F gives nothing but zeros the block is the identity; where F is one correlation that keeps the extents, the block is that " +
      "correlation with 1 more at the centre of each kernel from a channel to itself. The gradient from above reaches the input twice, once past F and once back through it, and both are added.",
    equation:
      "y = x + F(x) \\qquad \\frac{\\partial E}{\\partial x} = \\frac{\\partial E}{\\partial y} + F'(x)^{\\top} \\frac{\\partial E}{\\partial y}",
    symbols: { x: "the input of the block", F: "some layers that keep its shape", y: "the output" },
    source: [{ note: "001", heading: "Pooling (shortcut connections)" }],
    definedIn: "network.ts",
    operators: [],
  },
  {
    id: "NET-5",
    title: "The inception block",
    statement:
      "Convolutions of several sizes, and pooling, work on one input side by side, all at unit stride and padded to its extents (SHAPE-3), and their outputs are concatenated along the channels (NET-2). The gradient of the input is the sum over " +
      "the branches of what each takes back of its own channels. Branches that are one convolution each, of one size, are together one convolution with all their kernels. A branch of 5 × 5 may be replaced by two of 3 × 3, one after the other: a unit " +
      "sees the same 25 cells, with 18 weights for 25. It is not the same function. Without a detector between them the two are one correlation of 5 × 5, whose kernel is the full convolution of theirs, and not every kernel is one; with a detector they are not linear.",
    equation: "Z = \\mathrm{concat}\\bigl(F_1(x), \\dots, F_4(x)\\bigr)",
    symbols: {
      x: "[N, C, …X] the input",
      "F1 … F4": "the branches, [N, O₁, …X] to [N, O₄, …X]",
      Z: "[N, O₁ + … + O₄, …X]",
    },
    source: [{ note: "001", heading: "Pooling (inception, figures 4 and 5)" }],
    definedIn: "network.ts",
    operators: [],
  },
  {
    id: "NET-6",
    title: "Flattening",
    statement:
      "The volume of each sample becomes a vector, row-major: channels outermost, the last spatial axis fastest. Nothing is computed, and back goes the gradient in the same way. A dense layer on a flattened volume is a correlation whose kernels " +
      "have the extents of the volume: their elements are its rows.",
    formula: "i = ((c-1)*H + (h-1))*W + w",
    symbols: {
      "c, h, w": "where an element stands in the volume [C, H, W], counted from 1",
      i: "where it stands in the vector [C·H·W], counted from 1",
    },
    special: "NaN, infinities and −0 are copied.",
    source: [{ note: "002", heading: "Flattening; Fully connected layer" }],
    definedIn: "network.ts",
    operators: [],
  },
  {
    id: "NET-7",
    title: "The whole network, and its error",
    statement:
      "Convolution, ReLU and pooling, repeated; the last volume is flattened, and one or two dense layers give the outputs. The output of each layer is the input of the next, and nothing is rounded in between but to the format of the tensors. " +
      "The error is half the sum of the squared differences of outputs and targets, over all outputs of all samples: no mean is taken. The notes call it E(w) and leave open what it is; with the ½ its derivative for an output is y − t.",
    equation:
      "E = \\frac{1}{2} \\sum_{n,i} (y_{n,i} - t_{n,i})^2 \\qquad \\frac{\\partial E}{\\partial y_{n,i}} = y_{n,i} - t_{n,i}",
    formula: [{ text: "E = (y - t)^2/2" }, { text: "G = y - t" }],
    symbols: { y: "an output", t: "its target", E: "what it adds to the error", G: "∂E/∂y" },
    source: [
      { note: "001", heading: "Pooling (Convolution-Relu-Pooling repeated)" },
      { note: "002", heading: "CNN - the whole picture; Convolutional network; Point-wise error gradient" },
      { note: "003", heading: "Network Overview; Output" },
    ],
    definedIn: "network.ts",
    operators: [],
  },
  {
    id: "NET-8",
    title: "Backward through the network",
    statement:
      "From the outputs back, each layer takes the gradient of its output to that of its input, and finds those of its parameters from it on the way: the chain rule, with the gradient operators of GRAD. For correlation, ReLU and correlation again that is " +
      "the recursion of the notes for δ, the derivative for an activation before its detector: what comes back through the next kernel (GRAD-6), times f′. Pooling between the two routes or spreads it first (GRAD-20, GRAD-21).",
    equation:
      "\\delta^{\\ell} = f'(a^{\\ell}) \\odot h(K^{\\ell+1}, \\delta^{\\ell+1}, s) \\qquad \\frac{\\partial E}{\\partial K^{\\ell}} = g(\\delta^{\\ell}, y^{\\ell-1}, s) \\qquad \\frac{\\partial E}{\\partial b^{\\ell}} = \\sum \\delta^{\\ell}",
    symbols: {
      "a, y": "the activations of a layer before and after its detector f",
      "K, b": "its kernel and bias",
      "g, h": "GRAD-3 and GRAD-6",
    },
    source: [
      { note: "002", heading: "BACKPROPAGATION FOR CNN; Putting it all together" },
      { note: "002", heading: "Accounting for the pooling layer (1/2); Accounting for the pooling layer (2/2)" },
    ],
    definedIn: "network.ts",
    operators: [],
  },
  {
    id: "NET-9",
    title: "Steps of learning",
    statement:
      "After the gradients of all parameters are found, all of them move at once (OPT-1): none is found at a parameter that has moved already. The next step begins where this one ends, with the forward pass.",
    equation: "w \\leftarrow w - \\eta \\frac{\\partial E}{\\partial w} \\quad \\text{for every } w \\text{ at once}",
    symbols: { w: "each kernel, weight and bias", η: "the learning rate" },
    source: [
      { note: "002", heading: "Updating the kernel weights; Update of biases; Point-wise error gradient" },
      { note: "003", heading: "Training" },
    ],
    definedIn: "network.ts",
    operators: [],
  },
];
