import type { Clause, PrintedFormula } from "../clause.ts";
import { perAxes } from "./axes.ts";

/** Several formulas for each number of spatial axes. */
const eachOf = (...formulas: readonly ReturnType<typeof perAxes>[]): readonly PrintedFormula[] =>
  ([1, 2, 3] as const).flatMap((axes) => formulas.map((formula) => ({ axes, text: formula[axes] })));

const statistics = [
  perAxes((each) => `mean[c] = Sum(x[n,c,${each("v#", ",")}], n, ${each("v#")}) / m`),
  perAxes((each) => `variance[c] = Sum((x[n,c,${each("v#", ",")}] - mean[c])^2, n, ${each("v#")}) / m`),
] as const;

const normalised = perAxes(
  (each) =>
    `y[n,c,${each("v#", ",")}] = gamma[c] * (x[n,c,${each("v#", ",")}] - mean[c]) / sqrt(variance[c] + epsilon) + beta[c]`,
);

const symbols = {
  x: "[N, C, …X] the input: batch, channels, spatial axes",
  y: "[N, C, …X] the output",
  "gamma, beta": "[C] scale and shift of each channel; the α and β of the notes",
  "mean, variance": "[C] the statistics of each channel",
  epsilon: "ε, the attribute epsilon",
};

/** NORM: batch normalisation. */
export const norm: readonly Clause[] = [
  {
    id: "NORM-1",
    title: "Mean zero, unit standard deviation",
    statement:
      "From every element of a minibatch the mean of all of them is subtracted, and the difference is divided by their standard deviation; a scale α and a shift β, which are learned, follow. " +
      "The variance is the mean of the squared deviations: they are divided by the number of elements, not by one less. In a convolutional layer each channel is normalised by itself, over " +
      "the samples and all places. This is NORM-2 with ε = 0, where no channel is constant.",
    equation: "x_{nor} = \\frac{x - \\mu}{\\sigma}, \\qquad y = \\alpha \\, x_{nor} + \\beta",
    symbols: { "μ, σ": "mean and standard deviation over the minibatch", "α, β": "what is learned" },
    source: [{ note: "001", heading: "Pooling (batch normalization)" }],
    errata: [
      {
        id: "E-030",
        source: { note: "001", heading: "Pooling (batch normalization)" },
        printed: "Divides by σ, and so promises unit standard deviation for every minibatch.",
        corrected:
          "A channel that is constant has σ = 0, and 0/0 is no number. With ε under the root, as in the paper the notes cite, it gives β; every other channel then has a standard deviation of √(variance/(variance + ε)), " +
          "which is less than one.",
      },
    ],
    operators: ["batch-norm"],
  },
  {
    id: "NORM-2",
    title: "The operator batch-norm, for training",
    statement:
      "NORM-1 for each channel of a batch, with ε added to the variance before the root. The statistics are outputs, too: the variance is the biased one, " +
      "and has no ε in it. An input without spatial axes takes one of extent 1. A batch of no samples has no statistics, and is refused.",
    formula: eachOf(...statistics, normalised),
    symbols: { ...symbols, m: "the elements of one channel, N times the extents of the spatial axes" },
    special:
      "A constant channel gives beta, up to what the mean was rounded by, divided by √ε. One NaN or ∞ in a channel makes all of that channel NaN, and no other. Without ε, a channel that is constant " +
      "or nearly so gives whatever its rounded deviations give.",
    source: [{ note: "001", heading: "Pooling (batch normalization)" }],
    operators: ["batch-norm"],
  },
  {
    id: "NORM-3",
    title: "The operator batch-norm-inference, with given statistics",
    statement:
      "Once trained, a network normalises with statistics of the whole training set, or of running averages: they are inputs. The result for one sample no longer depends on the others, " +
      "and the layer is an affine map of each channel, which can be folded into the kernel and the bias of a convolution before it. With a batch's own mean and variance it gives what NORM-2 gives.",
    formula: normalised,
    symbols,
    special:
      "Where variance + ε is negative the result is NaN; where it is 0, the quotient is that of IEEE 754. A value that is not finite in x reaches its own element alone.",
    source: [{ note: "001", heading: "Pooling (batch normalization)" }],
    operators: ["batch-norm-inference"],
  },
  {
    id: "NORM-4",
    title: "Which algorithms the bound admits",
    statement:
      "The allowed error is derived from the formula as it stands: the deviations from the mean are formed first and then squared. It admits the variance in two passes, in any order of the sums; " +
      "Welford's update; E[x²] − μ² in a format wide enough to be rounded to the declared one afterwards; a quotient by the root, or a product with its reciprocal; " +
      "scale and shift apart, or folded into one product and one sum; ε rounded to the format of x. It does not admit E[x²] − μ² in the declared format " +
      "where the mean is large beside the deviations: the relative error of the variance is then that of μ²/variance, and the bound is that of |μ|/√variance. " +
      "Where even the error of the formula itself can be as large as variance + ε, no bound is given, and anything passes.",
    source: [{ note: "001", heading: "Pooling (batch normalization)" }],
    operators: ["batch-norm", "batch-norm-inference", "batch-norm-gradient", "batch-norm-inference-gradient"],
  },
];
