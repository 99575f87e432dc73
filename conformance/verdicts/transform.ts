import { decode, type StoredInputs } from "../../reference/index.ts";
import { type DType, type OperatorName, sizeOf, type Tensor, unitRoundoff } from "../../spec/index.ts";

/**
 * C of the TRANSFORM rule: three transforms, each within log2(P)·η of exact in the 2-norm, with
 * η = u + γ(4)·√2 ≈ 6.66u (Higham, Accuracy and Stability, theorem 24.2); the pointwise product is within it.
 */
const C = 20;

const norm = (values: ArrayLike<number>, from: number, to: number): number => {
  let squares = 0;
  for (let at = from; at < to; at++) squares += values[at] ** 2;
  return Math.sqrt(squares);
};

const slices = (tensor: Tensor): number[] => {
  const values = decode(tensor);
  const size = sizeOf(tensor.shape.slice(1));
  return Array.from({ length: tensor.shape[0] }, (_, at) => norm(values, at * size, (at + 1) * size));
};

/** log2 of the transform length P that holds the full result of the spatial axes, at least 1. */
const logLength = (X: readonly number[], R: readonly number[]): number =>
  Math.max(
    1,
    X.reduce((log, n, axis) => log + Math.ceil(Math.log2(n + R[axis] - 1)), 0),
  );

/**
 * TRANSFORM: the error a transform may make in each element of Z [N, O, …P],
 * C·u·log2(P)·‖V[n]‖₂·‖K[o]‖₂; undefined where an operator has no transform of its own.
 */
export function allowedByTransform(
  operator: OperatorName,
  inputs: StoredInputs,
  format: DType,
): ((index: readonly number[]) => number) | undefined {
  if (operator !== "correlate" && operator !== "convolve") return undefined;
  const { V, K } = inputs as { V: Tensor; K: Tensor };
  const [samples, kernels] = [slices(V), slices(K)];
  const factor = C * unitRoundoff(format) * logLength(V.shape.slice(2), K.shape.slice(2));
  return ([n, o]) => factor * samples[n] * kernels[o];
}
