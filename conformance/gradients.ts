import type { AttributesOf, CorrelateTransposeAttributes, InputsOf, OperatorName, Tensor } from "../spec/index.ts";
import { operatorNamed, tilesOf, unsharedWeights } from "../spec/index.ts";
import type { Invocation } from "./check.ts";

/**
 * How an operator depends on one input while the others stand still.
 * linear: a linear map, and perhaps a constant. smooth: it has a derivative everywhere.
 * kinked: it has one where no two of the values it compares are equal, as a maximum does.
 */
export type Dependence = "linear" | "smooth" | "kinked";

/** The outputs of the forward call by name, exact and rounded once: for gradients that are told who won. */
export type ForwardOutputs = () => Readonly<Record<string, Tensor>>;

/** Which operator is the gradient of another with respect to one of its inputs. */
export interface Gradient {
  readonly forward: OperatorName;
  /** The input of the forward operator that the gradient belongs to. */
  readonly input: string;
  readonly gradient: OperatorName;
  /** The output of the gradient operator, which has the shape of that input. */
  readonly output: string;
  readonly dependence: Dependence;
  /**
   * The call of the gradient operator.
   * @param call of the forward operator
   * @param G the gradient with respect to its first output, and of that shape
   */
  invocation(call: Invocation, G: Tensor, outputs: ForwardOutputs): Invocation;
}

/** How the inputs and attributes of the gradient's call come from those of the forward call. */
type Call<F extends OperatorName, D extends OperatorName> = (
  inputs: InputsOf<F>,
  attributes: AttributesOf<F>,
  G: Tensor,
  outputs: ForwardOutputs,
) => readonly [InputsOf<D>, AttributesOf<D>];

/** @param output the output of the gradient operator; its first unless given */
const gradient = <F extends OperatorName, D extends OperatorName>(
  forward: F,
  input: string & keyof InputsOf<F>,
  name: D,
  dependence: Dependence,
  call: Call<F, D>,
  output: string = operatorNamed(name).outputs[0],
): Gradient => ({
  forward,
  input,
  gradient: name,
  output,
  dependence,
  invocation: ({ inputs, attributes }, G, outputs) => {
    const [given, complete] = call(inputs as InputsOf<F>, attributes as AttributesOf<F>, G, outputs);
    return { operator: name, inputs: given, attributes: complete } as unknown as Invocation;
  },
});

/** The cross-correlation that a transposed one is the transpose of. */
const windowOf = ({ outputPadding: _, ...same }: CorrelateTransposeAttributes) => ({
  ...same,
  rounding: "floor" as const,
});

/**
 * The gradients of the spec: one line for each input of each operator that has one. From this the
 * gradient checks follow, and the test that backprop formula, dual numbers and symbolic derivative agree.
 */
export const gradients: readonly Gradient[] = [
  gradient("correlate", "V", "correlate-input-gradient", "linear", ({ V, K }, a, G) => [
    { G, K },
    { ...a, input: V.shape.slice(2) },
  ]),
  gradient("correlate", "K", "correlate-kernel-gradient", "linear", ({ V, K }, a, G) => [
    { G, V },
    { ...a, kernel: K.shape.slice(2) },
  ]),
  gradient("correlate", "b", "bias-gradient", "linear", (_, __, G) => [{ G }, {}]),
  gradient("convolve", "V", "convolve-input-gradient", "linear", ({ V, K }, a, G) => [
    { G, K },
    { ...a, input: V.shape.slice(2) },
  ]),
  gradient("convolve", "K", "convolve-kernel-gradient", "linear", ({ V, K }, a, G) => [
    { G, V },
    { ...a, kernel: K.shape.slice(2) },
  ]),
  gradient("convolve", "b", "bias-gradient", "linear", (_, __, G) => [{ G }, {}]),
  gradient("correlate-transpose", "V", "correlate", "linear", ({ K }, a, G) => [{ V: G, K }, windowOf(a)]),
  gradient("correlate-transpose", "K", "correlate-kernel-gradient", "linear", ({ V, K }, a, G) => [
    { G: V, V: G },
    { ...windowOf(a), kernel: K.shape.slice(2) },
  ]),
  gradient("correlate-transpose", "b", "bias-gradient", "linear", (_, __, G) => [{ G }, {}]),
  gradient("max-pool", "V", "max-pool-gradient", "kinked", ({ V }, a, G) => [{ V, G }, a]),
  gradient("average-pool", "V", "average-pool-gradient", "linear", ({ V }, a, G) => [
    { G },
    { ...a, input: V.shape.slice(2) },
  ]),
  gradient("sum-pool", "V", "sum-pool-gradient", "linear", ({ V }, a, G) => [{ G }, { ...a, input: V.shape.slice(2) }]),
  gradient("l2-pool", "V", "l2-pool-gradient", "kinked", ({ V }, a, G) => [{ V, G }, a]),
  gradient("weighted-pool", "V", "weighted-pool-gradient", "linear", ({ V }, a, G) => [
    { G },
    { ...a, input: V.shape.slice(2) },
  ]),
  gradient("adaptive-max-pool", "V", "adaptive-max-pool-gradient", "kinked", ({ V }, a, G) => [{ V, G }, a]),
  gradient("adaptive-average-pool", "V", "adaptive-average-pool-gradient", "linear", ({ V }, _, G) => [
    { G },
    { input: V.shape.slice(2) },
  ]),
  gradient("channel-pool", "V", "channel-pool-gradient", "kinked", ({ V }, a, G) => [{ V, G }, a]),
  gradient("locally-connected", "V", "locally-connected-input-gradient", "linear", ({ V, W }, a, G) => [
    { G, W },
    { ...a, input: V.shape.slice(2) },
  ]),
  gradient("locally-connected", "W", "locally-connected-kernel-gradient", "linear", ({ V, W }, a, G) => [
    { G, V },
    { ...a, kernel: unsharedWeights(W.shape).R },
  ]),
  gradient("locally-connected", "b", "locally-connected-bias-gradient", "linear", (_, __, G) => [{ G }, {}]),
  gradient("tiled", "V", "tiled-input-gradient", "linear", ({ V, K }, a, G) => [
    { G, K },
    { ...a, input: V.shape.slice(2) },
  ]),
  gradient("tiled", "K", "tiled-kernel-gradient", "linear", ({ V, K }, a, G) => {
    const { R, t } = tilesOf(K.shape);
    return [
      { G, V },
      { ...a, kernel: R, tiles: t },
    ];
  }),
  gradient("tiled", "b", "bias-gradient", "linear", (_, __, G) => [{ G }, {}]),
  gradient("relu", "V", "relu-gradient", "kinked", ({ V }, _, G) => [{ V, G }, {}]),
  gradient("dense", "x", "dense-input-gradient", "linear", ({ W }, _, G) => [{ G, W }, {}]),
  gradient("dense", "W", "dense-weight-gradient", "linear", ({ x }, _, G) => [{ G, x }, {}]),
  gradient("dense", "b", "dense-bias-gradient", "linear", (_, __, G) => [{ G }, {}]),
  gradient("batch-norm", "x", "batch-norm-gradient", "smooth", ({ x, gamma }, a, G) => [{ x, gamma, G }, a], "dx"),
  gradient(
    "batch-norm",
    "gamma",
    "batch-norm-gradient",
    "linear",
    ({ x, gamma }, a, G) => [{ x, gamma, G }, a],
    "dgamma",
  ),
  gradient(
    "batch-norm",
    "beta",
    "batch-norm-gradient",
    "linear",
    ({ x, gamma }, a, G) => [{ x, gamma, G }, a],
    "dbeta",
  ),
  gradient("batch-norm-inference", "x", "batch-norm-inference-gradient", "linear", ({ gamma, variance }, a, G) => [
    { G, gamma, variance },
    a,
  ]),
  ...(["a", "b", "c", "d"] as const).map((input, part) =>
    gradient("concatenate", input, "concatenate-gradient", "linear", ({ a, b, c, d }, _, G) => [
      { G },
      { channels: [a, b, c, d].flatMap((tensor) => (tensor ? [tensor.shape[1]] : [])), part },
    ]),
  ),
];
