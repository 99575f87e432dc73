import type { ClauseId, NoteId } from "./clause.ts";

/** What became of one heading or slide title of the notes, or of a part of what stands under it. */
export interface NoteEntry {
  readonly note: NoteId;
  /** As printed, without marks and formatting. */
  readonly heading: string;
  readonly part?: string;
  /** How many slides in a row have the title; 1 unless given. */
  readonly slides?: number;
  readonly clauses: readonly ClauseId[];
  /** Named kernels, by their files in fixtures/kernels. */
  readonly kernels?: readonly string[];
  /** Why it has no clause, or what of it has none. */
  readonly reason?: string;
}

type More = Omit<NoteEntry, "note" | "heading" | "clauses">;
type Row = readonly [heading: string, clauses: readonly ClauseId[], more?: More];

const entries = (note: NoteId, rows: readonly Row[]): readonly NoteEntry[] =>
  rows.map(([heading, clauses, more]) => ({ note, heading, clauses, ...more }));

const skipped: More = { reason: "the notes skip it" };
const introduction: More = { reason: "introduction: what the notes are about" };
const section: More = { reason: "names the slides that follow" };

const deepNeuralNetworks = entries("000", [
  ["Deep Neural Networks", [], { reason: "title" }],
  ["Chapter 9: Convolutional Networks", [], { reason: "title" }],
  ["9. Convolutional Networks", [], introduction],
  ["9.1 The Convolution Operation", ["CONV-1"], { part: "the integral, a noisy sensor" }],
  ["9.1 The Convolution Operation", ["CONV-2"], { part: "discrete" }],
  ["9.1 The Convolution Operation", ["CONV-3", "CONV-4", "CONV-5"], { part: "two axes, both orders of the sum" }],
  ["9.1 The Convolution Operation", ["CONV-6", "CONV-7"], { part: "flipping, commutativity" }],
  ["9.1 The Convolution Operation", ["CORR-1"], { part: "cross-correlation" }],
  ["Example of 2D Convolution", ["CORR-1", "SHAPE-1"], { part: "figure 9.1" }],
  [
    "Example of 2D Convolution",
    ["CORR-1", "CORR-5"],
    { kernels: ["line-detector-vertical", "line-detector-horizontal"] },
  ],
  ["9.2 Motivation of Convolution", ["COST-1", "FIELD-1", "EQUI-1", "DENSE-1"], { part: "sparse interactions" }],
  ["Sparse Connectivity of Convolution", ["FIELD-1"], { part: "figure 9.2" }],
  ["Sparse Connectivity of Convolution", ["FIELD-2", "FIELD-3"], { part: "figures 9.3 and 9.4" }],
  ["Sparse Connectivity of Convolution", ["COST-1", "FIELD-4", "MATRIX-4"], { part: "parameter sharing" }],
  ["Parameter Sharing of Convolution", ["FIELD-4"], { part: "figure 9.5" }],
  ["Equivariance to Translation", ["EQUI-1", "EQUI-2", "EQUI-3", "LOCAL-1"]],
  ["Equivariance to Translation", ["EQUI-4"], { part: "other transformations" }],
  ["9.3 Pooling", ["CORR-3", "ACT-1", "POOL-1", "NET-3"], { part: "three stages" }],
  ["CNN Network Terminologies", ["CORR-3", "ACT-1", "POOL-1", "NET-3"], { part: "figure 9.7" }],
  [
    "CNN Network Terminologies",
    ["POOL-1", "POOL-2", "POOL-3", "POOL-5", "POOL-6", "INV-1", "GRAD-23", "GRAD-24"],
    { part: "pooling functions" },
  ],
  ["Translation Invariance of Max Pooling", ["INV-1", "INV-2"], { part: "figure 9.8" }],
  ["Translation Invariance of Max Pooling", ["INV-2", "INV-3"], { part: "presence, not place" }],
  ["Learned Invariances of Pooling", ["POOL-10", "INV-4"], { part: "figure 9.9" }],
  ["Pooling with Downsampling", ["POOL-1", "INV-5", "SHAPE-2", "COST-6"], { part: "figure 9.10" }],
  [
    "9.4 Convolution and Pooling as an Infinitely Strong Prior",
    ["MATRIX-4", "MATRIX-5", "INV-2"],
    { reason: "of weak and strong priors in general: they are about learning from data, not about the operation" },
  ],
  ["9.5 Variants of the Basic Convolution", ["CORR-3", "CONV-6"], { part: "several channels" }],
  ["9.5 Variants of the Basic Convolution", ["CORR-9", "CONV-5"], { part: "a batch" }],
  ["9.5 Variants of the Basic Convolution", ["CORR-5", "CORR-10", "GRAD-12"], { part: "sums over valid indices" }],
  ["Computing Convolution Indices", ["CORR-1", "CORR-3"]],
  ["Computing Convolution Indices", ["CORR-4", "GRAD-3", "GRAD-6", "GRAD-11", "COST-6"], { part: "the strided c" }],
  ["Convolution with a Stride", ["CORR-4", "COST-6", "EQUI-3", "SHAPE-2"], { part: "figure 9.12" }],
  ["Effect of Zero Padding", ["SHAPE-1", "SHAPE-3", "SHAPE-7", "CORR-5"], { part: "figure 9.13" }],
  [
    "Local Connections and Convolution",
    ["LOCAL-1", "LOCAL-2", "LOCAL-3", "DENSE-1", "MATRIX-4", "GRAD-40", "GRAD-41", "GRAD-42"],
    { part: "figure 9.14" },
  ],
  ["Tiled Convolution", ["TILED-1", "TILED-2", "TILED-3", "LOCAL-3", "GRAD-43", "GRAD-44"], { part: "figure 9.16" }],
  ["9.6 Structured Outputs", [], skipped],
  ["9.7 Data Types", [], skipped],
  ["9.8 Efficient Convolution Algorithms", ["FAST-1", "FAST-4"], { part: "Fourier transform" }],
  ["9.8 Efficient Convolution Algorithms", ["FAST-2", "FAST-3"], { part: "separable kernels" }],
  ["9.9 Random or Unsupervised Features", [], skipped],
  ["9.10 The Neuroscientific Basis for Convolutional Networks", [], skipped],
  ["Convolutional Networks and the History of Deep Learning", [], skipped],
]);

const artificialIntelligence = entries("001", [
  ["Week 03: Convolutional Neural networks", [], { reason: "title" }],
  [
    "Convolutional Neural networks",
    ["COST-1", "COST-2", "DENSE-1"],
    { part: "fully connected layers, samples and weights" },
  ],
  ["Convolutional Neural networks", ["COST-4"], { part: "25 connections" }],
  [
    "Convolutional Neural networks",
    ["CORR-1", "FIELD-2"],
    { part: "how to connect neurons", reason: "of what a neuron detects: why it helps, no rule" },
  ],
  ["Convolutional Neural networks", ["FIELD-3"], { part: "stacking" }],
  ["Convolutional Neural networks", ["CORR-1"], { part: "Convolution at p" }],
  ["Convolutional Neural networks", ["CORR-1", "EQUI-5"], { part: "sliding, the same w everywhere" }],
  ["Convolutional Neural networks", ["SHAPE-1"], { part: "size of the output matrix" }],
  ["Convolutional Neural networks", ["CORR-5", "SHAPE-3", "SHAPE-5"], { part: "padding" }],
  ["then:", ["CORR-4", "SHAPE-2", "SHAPE-3"], { part: "stride" }],
  ["then:", ["SHAPE-8"], { part: "footnote 2" }],
  ["Choosing a strides controls how to reduce the size of output.", ["SHAPE-2", "SHAPE-3"]],
  ["Choosing a strides controls how to reduce the size of output.", ["CORR-3"], { part: "several channels" }],
  [
    "Choosing a strides controls how to reduce the size of output.",
    ["CORR-6", "SHAPE-6", "GRAD-10"],
    { part: "conv_arithmetic" },
  ],
  ["Convolution as definition:", ["CORR-3", "EQUI-5"]],
  ["Convolution as definition:", [], { part: "how a learned w looks", reason: "figures of another paper" }],
  ["Pooling", ["POOL-1", "POOL-4", "GRAD-22"], { part: "sum", kernels: ["constant"] }],
  ["Pooling", ["POOL-2", "POOL-3"], { part: "average, max" }],
  ["Pooling", ["ACT-1", "GRAD-45", "NET-7"], { part: "Relu" }],
  ["Pooling", ["NORM-1", "NORM-2", "NORM-3", "NORM-4", "GRAD-49", "GRAD-50"], { part: "batch normalization" }],
  ["Pooling", ["NET-1", "NET-4"], { part: "shortcut connections" }],
  ["Pooling", ["NET-2", "NET-5", "GRAD-51", "COST-7"], { part: "inception" }],
  ["Pooling", [], { part: "ensembles, transfer learning", reason: "practice of training: no operation" }],
]);

const padova = entries("002", [
  ["CONVOLUTIONAL NEURAL NETWORKS (CNN)", [], { reason: "title" }],
  ["Outline", [], { reason: "contents of the slides" }],
  ["CNN - introduction", [], introduction],
  ["Fully connected layer", ["DENSE-1", "COST-1", "COST-2", "GRAD-46", "GRAD-47", "NET-6"]],
  ["Convolution layer", ["CORR-3"], { slides: 3 }],
  ["1D convolution (1/2)", ["CONV-1"]],
  ["1D convolution (2/2)", ["CONV-1"]],
  ["2D convolution", ["CONV-3"]],
  ["2D convolution example", ["CONV-3"], { kernels: ["sobel-horizontal-edges"] }],
  ["Indexing", ["CONV-3"]],
  ["Compute S(1,1)", ["CONV-3"]],
  ["S(1,1)", ["CONV-3"]],
  ["Trick to speed up computation", ["CONV-7", "CORR-2", "CONV-5"], { slides: 3 }],
  ["Computing S(0,0)", ["CONV-3"], { slides: 4 }],
  ["The output matrix for this example", ["CONV-3"]],
  ["Applying the filter on a real image", [], { kernels: ["sobel-horizontal-edges"], reason: "a picture" }],
  ["Cross-correlation", ["CORR-1", "CORR-2", "CONV-7", "COST-8"]],
  ["Convolution", ["CONV-7", "GRAD-7", "GRAD-8"], { part: "whether to flip the kernel or not" }],
  ["Cross-correlation (1/2)", ["CORR-1"]],
  ["Cross-correlation (2/2)", ["CORR-1"]],
  ["Convolution - input volume depth d=3", ["CORR-3", "CORR-8"]],
  ["Convolution", ["CORR-3", "CORR-9", "SHAPE-1"], { part: "activation maps", slides: 4 }],
  ["Convolutional network", ["CORR-3", "ACT-1", "NET-7"], { slides: 2 }],
  ["A closer look at spatial dimensions", ["SHAPE-1", "SHAPE-2", "CORR-4"], { slides: 8 }],
  ["Spatial dimensions: stride = 3", ["SHAPE-2"]],
  ["Output size vs filter size & stride", ["SHAPE-1", "SHAPE-2"]],
  ["Solution", ["SHAPE-3", "CORR-5"], { slides: 2 }],
  ["From input to output volume", ["SHAPE-2", "SHAPE-5"]],
  ["Input Volume (+pad 1)", ["CORR-4"]],
  ["Convolution example", ["CORR-4", "CORR-8"]],
  ["Convolution example (cross-correlation)", ["CORR-4", "CORR-8"]],
  ["Input Volume (+pad 1)", ["CORR-4"], { slides: 9, reason: "the same example, one output at a time" }],
  ["CNN hyper-parameters", ["CORR-3", "FIELD-5", "SHAPE-7", "CORR-5"]],
  ["Characteristics of CNNs", ["COST-1", "FIELD-4", "EQUI-1"]],
  ["Sparse interactions", ["COST-1"], { slides: 2 }],
  ["Sparse connectivity (1/2)", ["FIELD-1"]],
  ["Sparse connectivity (2/2)", ["FIELD-2"]],
  ["Receptive fields in deep networks (1/2)", ["FIELD-3"]],
  ["Receptive fields in deep networks (2/2)", ["FIELD-3"]],
  ["Parameters sharing", ["FIELD-4", "COST-1"], { slides: 3 }],
  ["Equivalent representations", ["EQUI-1"], { part: "equivariance" }],
  ["Equivalent representations", ["EQUI-1", "EQUI-4"], { part: "implications", slides: 2 }],
  [
    "Three stages of a typical CONV layer",
    ["CORR-3", "ACT-1", "POOL-2", "POOL-3", "POOL-5", "POOL-6", "NET-3"],
    { slides: 3 },
  ],
  ["CONV layer", ["CORR-3", "ACT-1", "POOL-1", "NET-3"]],
  ["Pooling", ["POOL-1"]],
  ["Max pooling example", ["POOL-1", "POOL-2"]],
  ["Pooling advantages", ["INV-1", "INV-2"]],
  ["BACKPROPAGATION FOR CNN", ["NET-8"], section],
  ["Notation", ["CORR-1", "CORR-8", "GRAD-1"]],
  ["CONV layer diagram (P=0, S=1, d=1)", ["CORR-1", "CORR-8", "ACT-1", "NET-3"]],
  ["Point-wise error gradient", ["OPT-1", "OPT-2", "NET-7", "NET-9"]],
  ["UPDATING THE WEIGHTS", [], section],
  ["Gradient wrt weights", ["GRAD-1", "GRAD-3", "GRAD-12"]],
  ["Derivative of activations wrt weights", ["GRAD-1", "GRAD-3", "GRAD-7", "GRAD-11"], { slides: 2 }],
  ["Updating the kernel weights (1/5)", ["GRAD-1", "OPT-1", "NET-9"]],
  ["Updating the kernel weights (2/5)", ["GRAD-1", "OPT-1", "NET-9"]],
  ["Updating the kernel weights (3/5)", ["GRAD-1", "OPT-1", "NET-9"]],
  ["Updating the kernel weights (4/5)", ["GRAD-1", "OPT-1", "NET-9"]],
  ["Updating the kernel weights (5/5)", ["GRAD-1", "OPT-1", "NET-9"]],
  ["UPDATING THE DELTAS", [], section],
  [
    "Gradient of E(w) wrt activations",
    ["GRAD-4", "GRAD-5", "GRAD-6", "GRAD-8", "GRAD-10", "GRAD-11", "GRAD-45"],
    { slides: 4 },
  ],
  ["Putting it all together", ["GRAD-4", "GRAD-5", "GRAD-45", "NET-8"]],
  ["Update of biases (1/2)", ["GRAD-9", "GRAD-48"]],
  ["Update of biases (2/3)", ["GRAD-9"]],
  ["Update of biases (3/3)", ["GRAD-9", "OPT-2", "GRAD-12", "NET-9"]],
  ["Accounting for the pooling layer (1/2)", ["POOL-11", "GRAD-20", "NET-8"]],
  ["Accounting for the pooling layer (2/2)", ["GRAD-20", "GRAD-21", "GRAD-25", "GRAD-26", "GRAD-27", "NET-8"]],
  ["CNN - the whole picture", ["CORR-9", "ACT-1", "POOL-2", "DENSE-1", "NET-7"]],
  ["Flattening", ["DENSE-1", "NET-6"]],
  ["Bibliography", ["GRAD-10"], { reason: "else a list of books and pages" }],
  ["CONVOLUTIONAL NEURAL NETWORKS (CNN)", [], { reason: "title, again" }],
  ["Derivative of activations wrt weights", ["GRAD-2", "COST-8"], { part: "flip the delta matrix" }],
]);

const whatEvenAreThey = entries("003", [
  ["Convolutional Neural Networks: What Even Are They?", [], { reason: "title" }],
  ["Overview", [], introduction],
  ["Convolution", ["CONV-1", "CONV-2"]],
  ["Convolution, 2D", ["CONV-3", "CONV-4", "CONV-6"]],
  ["Convolution, 2D", ["CORR-1"], { part: "cross-correlation" }],
  ["Convolution, 2D", ["MATRIX-1", "MATRIX-2", "MATRIX-3", "MATRIX-4"], { part: "matrix multiplication" }],
  ["Convolution, 2D Example", ["CORR-1"], { reason: "a picture, of an example like figure 9.1 of 000" }],
  ["Motivation for CNNs: Why Fake News?", ["COST-1", "FIELD-4", "EQUI-1"]],
  ["Efficiency Example", ["COST-5", "MATRIX-3"], { kernels: ["left-neighbour-difference"] }],
  ["Network Overview", ["CORR-3", "ACT-1", "POOL-1", "DENSE-1", "NET-3", "NET-7"]],
  ["Pooling", ["POOL-1", "POOL-2", "POOL-3", "POOL-5", "POOL-6"], { part: "summaries" }],
  ["Pooling", ["INV-1", "INV-2", "INV-3"], { part: "invariance" }],
  ["Pooling", ["POOL-10", "INV-4"], { part: "several features" }],
  ["Pooling", ["INV-5", "COST-6"], { part: "stride" }],
  ["Pooling", ["POOL-7", "POOL-8", "POOL-9"], { part: "variable input" }],
  [
    "Other Details",
    ["CORR-3", "CORR-5", "SHAPE-1", "SHAPE-3", "SHAPE-4"],
    { part: "parallel convolutions, zero padding" },
  ],
  ["Other Details", ["CORR-3", "CORR-7"], { part: "channels" }],
  [
    "Other Details",
    ["LOCAL-1", "LOCAL-2", "TILED-1", "GRAD-40", "GRAD-41", "GRAD-42", "GRAD-43", "GRAD-44"],
    { part: "unshared, tiled" },
  ],
  ["Output", ["DENSE-1", "NET-7"], { reason: "of outputs for each pixel: one convolution more, no rule of its own" }],
  ["Optimization", ["FAST-2", "FAST-3"]],
  [
    "Untrained Kernels",
    [],
    {
      kernels: ["line-detector-vertical", "sobel-horizontal-edges", "random", "clustered-patches"],
      reason: "data, not operations: hand-designed, random and clustered kernels stand in fixtures/kernels",
    },
  ],
  ["Training", ["OPT-1", "OPT-2", "NET-9"]],
  ["Neuroscientific Basis", [], { reason: "neuroscience; simple cells are kernels, complex cells POOL and INV" }],
  ["Neuroscientific Basis Cont'd", [], { reason: "neuroscience", kernels: ["gabor-0"] }],
  [
    "Gabor Functions",
    [],
    { kernels: ["gabor-0", "gabor-45", "gabor-90", "gabor-135", "gabor-edge"], reason: "data, not operations" },
  ],
]);

const diveIntoDeepLearning = entries("004", [
  ["COSE474-2024F: Deep Learning", [], { reason: "title" }],
  ["7.1. From Fully Connected Layers to Convolutions", ["COST-2", "DENSE-1"]],
  ["7.1.1. Invariance", ["EQUI-1", "EQUI-5", "FIELD-3"]],
  ["7.1.2. Constraining the MLP", ["DENSE-2", "DENSE-3", "COST-3", "MATRIX-3"]],
  ["7.1.2.1. Translation Invariance", ["DENSE-4", "EQUI-1", "COST-3", "CORR-1", "CORR-8"]],
  ["7.1.2.2. Locality", ["DENSE-5", "COST-3"]],
  ["7.1.3. Convolutions", ["CONV-1", "CONV-2", "CONV-3", "CONV-7", "CORR-1"]],
  ["7.1.4. Channels", ["CORR-3", "DENSE-6", "EQUI-5"]],
  ["7.1.5. Discussion", ["EQUI-1", "FIELD-3"]],
]);

/** Every heading and slide title of the notes, top to bottom, and what became of it. */
export const notesMap: readonly NoteEntry[] = [
  ...deepNeuralNetworks,
  ...artificialIntelligence,
  ...padova,
  ...whatEvenAreThey,
  ...diveIntoDeepLearning,
];
