import { type Network, sizeOf } from "../spec/index.ts";
import { sequence } from "./network/layers.ts";
import { call, reshaped, type Shaped, scaled, type Work } from "./network/work.ts";

export { embedded, type Run, run } from "./network/run.ts";
export * from "./network/work.ts";

/** What a network is given: its parameters by name, a batch x and the targets t of its outputs. */
export interface Given<V> {
  readonly parameters: Readonly<Record<string, V>>;
  readonly x: V;
  readonly t: V;
}

/** One step of learning: outputs y, the loss E [], ∂E/∂w of every parameter and of the input x, and the next parameters. */
export interface LearningStep<V> {
  readonly output: V;
  readonly loss: V;
  readonly gradients: Readonly<Record<string, V>>;
  readonly parameters: Readonly<Record<string, V>>;
}

/**
 * NET-7   E = ½ Σ (y − t)², over all outputs of all samples
 * NET-8   ∂E/∂y = y − t, and from there back through the layers
 * NET-9   w ← w − η·∂E/∂w
 */
export function* learn<V extends Shaped>(
  { layers, rate }: Network,
  { parameters, x, t }: Given<V>,
): Work<V, LearningStep<V>> {
  const gradients: Record<string, V> = {};
  const { y, back } = yield* sequence(layers, x, { parameters, gradients });

  const δ = (yield* call("add", { a: y, b: yield* scaled(t, -1, 1) })).Z;
  const all = yield* reshaped(δ, [1, sizeOf(δ.shape)]);
  const squares = (yield* call("dense", { x: all, W: all })).Z;
  const loss = yield* reshaped(yield* scaled(squares, 1, 2), []);

  gradients.x = yield* back(δ);

  const next: Record<string, V> = {};
  for (const [name, w] of Object.entries(parameters))
    next[name] = (yield* call("update", { w, g: gradients[name] }, { rate })).w;
  return { output: y, loss, gradients, parameters: next };
}

/** NET-9: so many steps, each from the parameters that the one before left. */
export function* learning<V extends Shaped>(
  network: Network,
  given: Given<V>,
  count: number,
): Work<V, LearningStep<V>[]> {
  const steps: LearningStep<V>[] = [];
  let { parameters } = given;
  while (steps.length < count) {
    const step = yield* learn(network, { ...given, parameters });
    steps.push(step);
    parameters = step.parameters;
  }
  return steps;
}
