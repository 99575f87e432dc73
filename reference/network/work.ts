import { type AttributesOf, type OperatorName, operatorNamed, type Shape, type TensorType } from "../../spec/index.ts";

/** All that a network asks of its tensors by itself; what is in them is known to whoever does the work. */
export interface Shaped {
  readonly shape: Shape;
}

/** A call of an operator, its attributes complete. */
export interface CallWork<V> {
  readonly operator: OperatorName;
  readonly inputs: Readonly<Record<string, V>>;
  readonly attributes: object;
}

/** The same elements, row-major, in another shape. */
export interface ReshapeWork<V> {
  readonly reshape: V;
  readonly shape: Shape;
}

/** Every element times p/q, which is −1 or a power of two: nothing is rounded. */
export interface ScaleWork<V> {
  readonly scale: V;
  readonly p: number;
  readonly q: number;
}

export type Request<V> = CallWork<V> | ReshapeWork<V> | ScaleWork<V>;

/**
 * What a network computes, as requests one after the other, each of which is answered by its outputs before
 * the next is made: by the reference over any number system, or by a backend.
 */
export type Work<V, R> = Generator<Request<V>, R, Readonly<Record<string, V>>>;

/** Asks for the outputs of an operator. */
export function* call<N extends OperatorName, V extends Shaped>(
  operator: N,
  inputs: Readonly<Record<string, V>>,
  attributes: Partial<AttributesOf<N>> = {},
): Work<V, Readonly<Record<string, V>>> {
  const types = Object.entries(inputs).map(([name, { shape }]): [string, TensorType] => [
    name,
    { dtype: "f64", shape },
  ]);
  const complete = operatorNamed(operator).complete(Object.fromEntries(types), attributes);
  return yield { operator, inputs, attributes: complete };
}

/** Asks for a tensor in another shape. */
export function* reshaped<V>(tensor: V, shape: Shape): Work<V, V> {
  return (yield { reshape: tensor, shape }).Z;
}

/** Asks for the elements of a tensor times p/q. */
export function* scaled<V>(tensor: V, p: number, q: number): Work<V, V> {
  return (yield { scale: tensor, p, q }).Z;
}
