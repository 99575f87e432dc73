import { decode, type StoredInputs } from "../../reference/index.ts";
import {
  type AttributesOf,
  type DType,
  type OperatorName,
  type Shape,
  sizeOf,
  type Tensor,
  transposedExtents,
  unitRoundoff,
} from "../../spec/index.ts";

/**
 * C of the TRANSFORM rule: three transforms, each within log2(P)·η of exact in the 2-norm, with
 * η = u + γ(4)·√2 ≈ 6.66u (Higham, Accuracy and Stability, theorem 24.2); the pointwise product is within it.
 */
const C = 20;

/** The 2-norm of all that stands at each index of an axis. What is not finite is left out: it may reach no element that is. */
function norms(tensor: Tensor, axis: number): number[] {
  const values = decode(tensor);
  const inner = sizeOf(tensor.shape.slice(axis + 1));
  const squares = new Float64Array(tensor.shape[axis]);
  for (let at = 0; at < values.length; at++)
    if (Number.isFinite(values[at])) squares[Math.floor(at / inner) % tensor.shape[axis]] += values[at] ** 2;
  return Array.from(squares, Math.sqrt);
}

const norm = (tensor: Tensor): number => Math.hypot(...norms(tensor, 0));

/** log2 of the transform length P that holds the full result of the spatial axes, at least 1. */
const logLength = (X: Shape, R: Shape): number =>
  Math.max(
    1,
    X.reduce((log, n, axis) => log + Math.ceil(Math.log2(n + R[axis] - 1)), 0),
  );

const spatial = ({ shape }: Tensor): Shape => shape.slice(2);

/** The two norms that bound each element of an output, and the extents of the input and the kernel that are transformed. */
interface Transform {
  readonly X: Shape;
  readonly R: Shape;
  of(index: readonly number[]): number;
}

type Tensors = Readonly<Record<string, Tensor>>;

/** Z [N, O, …P]: sample n and kernel o. */
function forward({ V, K }: Tensors): Transform {
  const [samples, kernels] = [norms(V, 0), norms(K, 0)];
  return { X: spatial(V), R: spatial(K), of: ([n, o]) => samples[n] * kernels[o] };
}

/** dK [O, C, …R]: what is summed over the samples is, by Cauchy and Schwarz, within the norms of channel o of G and of V. */
function kernelGradient({ G, V }: Tensors, { kernel }: { readonly kernel: Shape }): Transform {
  const [channels, input] = [norms(G, 1), norm(V)];
  return { X: spatial(V), R: kernel, of: ([o]) => channels[o] * input };
}

/** dV [N, C, …X]: likewise sample n of G, and the kernel. */
function inputGradient({ G, K }: Tensors, { input }: { readonly input: Shape }): Transform {
  const [samples, kernel] = [norms(G, 0), norm(K)];
  return { X: input, R: spatial(K), of: ([n]) => samples[n] * kernel };
}

const transforms: { readonly [N in OperatorName]?: (inputs: Tensors, attributes: never) => Transform } = {
  correlate: forward,
  convolve: forward,
  "correlate-kernel-gradient": kernelGradient,
  "convolve-kernel-gradient": kernelGradient,
  "correlate-input-gradient": inputGradient,
  "convolve-input-gradient": inputGradient,
  "correlate-transpose": ({ V, K }, attributes: AttributesOf<"correlate-transpose">) =>
    inputGradient({ G: V, K }, { input: transposedExtents(spatial(V), spatial(K), attributes) }),
};

/**
 * TRANSFORM: the error a transform may make in each element of the output of an operator, C·u·log2(P)·‖·‖₂·‖·‖₂ with
 * the norms of what is transformed; undefined where an operator has no transform of its own.
 */
export function allowedByTransform(
  operator: OperatorName,
  inputs: StoredInputs,
  format: DType,
  attributes: object = {},
): ((index: readonly number[]) => number) | undefined {
  const transform = transforms[operator]?.(inputs as Tensors, attributes as never);
  if (transform === undefined) return undefined;
  const factor = C * unitRoundoff(format) * logLength(transform.X, transform.R);
  return (index) => factor * transform.of(index);
}
