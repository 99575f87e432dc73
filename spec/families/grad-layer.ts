import type { Clause, PrintedFormula } from "../clause.ts";
import { perAxes } from "./axes.ts";

/** The input cell of tap k of the window at p, on one axis. */
const cell = "(p#-1)*s# + (k#-1)*d# + 1 - a#";

/** The window that meets the input at x with tap k, on one axis; no whole number where there is none. */
const met = "(x#-1 + a# - (k#-1)*d#)/s# + 1";

const windowSymbols = { "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input" };

const unshared = [
  { note: "000", heading: "Local Connections and Convolution (figure 9.14)" },
  { note: "003", heading: "Other Details" },
] as const;

const tiled = [
  { note: "000", heading: "Tiled Convolution (figure 9.16)" },
  { note: "003", heading: "Other Details" },
] as const;

const normalisation = [{ note: "001", heading: "Pooling (batch normalization)" }] as const;

const batchNormGradient: readonly PrintedFormula[] = ([1, 2, 3] as const).flatMap((axes) =>
  [
    perAxes((each) => `mean[c] = Sum(x[n,c,${each("v#", ",")}], n, ${each("v#")}) / m`),
    perAxes((each) => `variance[c] = Sum((x[n,c,${each("v#", ",")}] - mean[c])^2, n, ${each("v#")}) / m`),
    perAxes(
      (each) => `xhat[n,c,${each("v#", ",")}] = (x[n,c,${each("v#", ",")}] - mean[c]) / sqrt(variance[c] + epsilon)`,
    ),
    perAxes((each) => `dbeta[c] = Sum(G[n,c,${each("v#", ",")}], n, ${each("v#")})`),
    perAxes((each) => `dgamma[c] = Sum(G[n,c,${each("v#", ",")}] * xhat[n,c,${each("v#", ",")}], n, ${each("v#")})`),
    perAxes(
      (each) =>
        `dx[n,c,${each("v#", ",")}] = gamma[c] / (m * sqrt(variance[c] + epsilon)) ` +
        `* (m * G[n,c,${each("v#", ",")}] - dbeta[c] - xhat[n,c,${each("v#", ",")}] * dgamma[c])`,
    ),
  ].map((formula) => ({ axes, text: formula[axes] })),
);

/** GRAD, the gradients of layers that do not share one kernel, and of what stands between layers. */
export const gradLayer: readonly Clause[] = [
  {
    id: "GRAD-40",
    title: "Input gradient of a locally connected layer",
    statement:
      "As GRAD-6, with the weight that the window at p had for its tap k. Each error goes back through the weights of its own position.",
    formula: perAxes(
      (each) =>
        `dV[n,c,${each("x#", ",")}] = Sum(G[n, o, ${each(met)}] * W[o, ${each(met)}, c, ${each("k#")}], o, ${each("k#")})`,
    ),
    symbols: {
      G: "[N, O, …P] the gradient from above, ∂E/∂Z",
      W: "[O, …P, C, …R] the weights of the layer",
      dV: "[N, C, …X] the gradient ∂E/∂V; X is the attribute input",
      ...windowSymbols,
    },
    special: "An element that no window reached is zero whatever G and W hold.",
    source: unshared,
    operators: ["locally-connected-input-gradient"],
  },
  {
    id: "GRAD-41",
    title: "Weight gradient of a locally connected layer",
    statement:
      "Each weight is used once in a sample, so that the sum is over the samples alone: the error of its position times the input it met there. A weight that lies over padding has gradient zero.",
    formula: perAxes(
      (each) =>
        `dW[o,${each("p#", ",")},c,${each("k#", ",")}] = Sum(G[n,o,${each("p#", ",")}] * V[n, c, ${each(cell)}], n)`,
    ),
    symbols: {
      G: "[N, O, …P] the gradient from above, ∂E/∂Z",
      V: "[N, C, …X] the input of the layer",
      dW: "[O, …P, C, …R] the gradient ∂E/∂W; R is the attribute kernel",
      ...windowSymbols,
    },
    special: "A weight over padding has gradient zero whatever G holds.",
    source: unshared,
    operators: ["locally-connected-kernel-gradient"],
  },
  {
    id: "GRAD-42",
    title: "Bias gradient of a locally connected layer",
    statement: "Each position has a bias of its own, which the samples share: the gradient is the sum over the batch.",
    formula: perAxes((each) => `db[o,${each("p#", ",")}] = Sum(G[n,o,${each("p#", ",")}], n)`),
    symbols: { G: "[N, O, …P] the gradient from above, ∂E/∂Z", db: "[O, …P] the gradient ∂E/∂b" },
    source: unshared,
    operators: ["locally-connected-bias-gradient"],
  },
  {
    id: "GRAD-43",
    title: "Input gradient of tiled convolution",
    statement: "As GRAD-6, with the kernel whose turn it was at each position.",
    formula: perAxes(
      (each) =>
        `dV[n,c,${each("x#", ",")}] = Sum(G[n, o, ${each(met)}] ` +
        `* K[o, c, ${each("k#")}, ${each(`((${met})-1) % t# + 1`)}], o, ${each("k#")})`,
    ),
    symbols: {
      G: "[N, O, …P] the gradient from above, ∂E/∂Z",
      K: "[O, C, …R, …t] the kernels of the layer",
      dV: "[N, C, …X] the gradient ∂E/∂V; X is the attribute input",
      t: "how many kernels take turns, on each spatial axis",
      ...windowSymbols,
    },
    special: "An element that no window reached is zero whatever G and K hold.",
    source: tiled,
    operators: ["tiled-input-gradient"],
  },
  {
    id: "GRAD-44",
    title: "Kernel gradient of tiled convolution",
    statement:
      "As GRAD-3, with the sum over those positions alone at which the kernel had its turn. A kernel that had none, since there are more of them than positions, has gradient zero. " +
      "The bias is shared by all positions: its gradient is GRAD-9.",
    formula: perAxes(
      (each) =>
        `dK[o,c,${each("k#", ",")},${each("u#", ",")}] = Sum(G[n,o,${each("p#", ",")}] * V[n, c, ${each(cell)}], ` +
        `n, ${each("p#")}, ${each("(p#-1) % t# + 1 == u#")})`,
    ),
    symbols: {
      G: "[N, O, …P] the gradient from above, ∂E/∂Z",
      V: "[N, C, …X] the input of the layer",
      dK: "[O, C, …R, …t] the gradient ∂E/∂K; R and t are the attributes kernel and tiles",
      ...windowSymbols,
    },
    special: "As CORR-10 says of products and sums.",
    source: tiled,
    operators: ["tiled-kernel-gradient"],
  },
  {
    id: "GRAD-45",
    title: "Gradient of the rectified linear unit",
    statement:
      "The error passes where the activation was positive, and is stopped where it was not. At 0 the function has no derivative; there it is taken to be 0. The tensors may have any shape, the same one; " +
      "i runs over all their elements.",
    formula: "dV[i] = Sum(G[i], V[i] > 0)",
    symbols: { V: "the activations", G: "the gradient from above", dV: "the gradient ∂E/∂V" },
    special:
      "−0 stops. NaN in V, by the choice nan. pass: it is not at most 0, and the error passes. stop: it is not positive, and the error is stopped. What is stopped, by the choice stopped. " +
      "zero: it is 0, whatever it was. product: it is multiplied by 0, so that NaN and infinities in G become NaN.",
    choices: { nan: ["pass", "stop"], stopped: ["zero", "product"] },
    source: [
      { note: "002", heading: "Gradient of E(w) wrt activations" },
      { note: "001", heading: "Pooling (Relu)" },
    ],
    operators: ["relu-gradient"],
  },
  {
    id: "GRAD-46",
    title: "Input gradient of a dense layer",
    statement: "Each error goes back through the weights of its row: the matrix is transposed.",
    formula: "dx[n,i] = Sum(G[n,o] * W[o,i], o)",
    symbols: { G: "[N, O] the gradient from above", W: "[O, I] the weights", dx: "[N, I] the gradient ∂E/∂x" },
    special: "As CORR-10 says of products and sums.",
    source: [{ note: "002", heading: "Fully connected layer" }],
    operators: ["dense-input-gradient"],
  },
  {
    id: "GRAD-47",
    title: "Weight gradient of a dense layer",
    statement:
      "The error of the weight's output times its input, summed over the samples. A batch of no samples gives zeros.",
    formula: "dW[o,i] = Sum(G[n,o] * x[n,i], n)",
    symbols: { G: "[N, O] the gradient from above", x: "[N, I] the inputs", dW: "[O, I] the gradient ∂E/∂W" },
    special: "As CORR-10 says of products and sums.",
    source: [{ note: "002", heading: "Fully connected layer" }],
    operators: ["dense-weight-gradient"],
  },
  {
    id: "GRAD-48",
    title: "Bias gradient of a dense layer",
    statement: "GRAD-9 where there are no positions: the sum over the samples.",
    formula: "db[o] = Sum(G[n,o], n)",
    symbols: { G: "[N, O] the gradient from above", db: "[O] the gradient ∂E/∂b" },
    source: [{ note: "002", heading: "Update of biases" }],
    operators: ["dense-bias-gradient"],
  },
  {
    id: "GRAD-49",
    title: "Gradient of batch normalisation",
    statement:
      "Every output of a channel depends on every input of it, through mean and variance. From the error of each element its mean over the channel is taken, and its projection on the normalised input; " +
      "what is left is scaled as the input was. It therefore adds up to zero over the channel. The notes name the layer and not its gradient; this is the derivative of NORM-2.",
    formula: batchNormGradient,
    symbols: {
      x: "[N, C, …X] the input of the layer",
      gamma: "[C] the scale of each channel",
      G: "[N, C, …X] the gradient from above, ∂E/∂y",
      "mean, variance, xhat": "mean and variance of each channel, and the normalised input, as in NORM-2",
      "dx, dgamma, dbeta": "[N, C, …X], [C], [C] the gradients",
      m: "the elements of one channel, N times the extents of the spatial axes",
      epsilon: "ε, the attribute epsilon",
    },
    special: "One NaN or ∞ in a channel of x makes dx and dgamma NaN in that channel. dbeta does not depend on x.",
    source: normalisation,
    operators: ["batch-norm-gradient"],
  },
  {
    id: "GRAD-50",
    title: "Gradient of batch normalisation with given statistics",
    statement: "Mean and variance stand still, so that the layer is linear in its input, and each error is scaled.",
    formula: perAxes(
      (each) => `dx[n,c,${each("v#", ",")}] = gamma[c] * G[n,c,${each("v#", ",")}] / sqrt(variance[c] + epsilon)`,
    ),
    symbols: {
      G: "[N, C, …X] the gradient from above, ∂E/∂y",
      "gamma, variance": "[C] the scale of each channel and its given variance",
      dx: "[N, C, …X] the gradient ∂E/∂x",
      epsilon: "ε, the attribute epsilon",
    },
    special: "Where variance + ε is negative the result is NaN; where it is 0, the quotient is that of IEEE 754.",
    source: normalisation,
    operators: ["batch-norm-inference-gradient"],
  },
  {
    id: "GRAD-51",
    title: "Gradient of concatenation",
    statement:
      "Each branch gets those channels of the error that its own channels became. One call gives the part of one branch: channels says how many each of them had, part says which is meant.",
    formula: perAxes((each) => `dV[n,c,${each("v#", ",")}] = G[n, q+c, ${each("v#")}]`),
    symbols: {
      G: "[N, T, …X] the gradient from above",
      dV: "[N, channels[part], …X] the gradient of one branch",
      q: "the channels of the branches before it",
    },
    special: "NaN, infinities and −0 are copied.",
    source: [{ note: "001", heading: "Pooling (inception: Filter Concat)" }],
    operators: ["concatenate-gradient"],
  },
];
