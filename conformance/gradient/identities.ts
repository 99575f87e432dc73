import { decode, dual, elements, encode, evaluate, rounded } from "../../reference/index.ts";
import { type Backend, operatorNamed, type Tensor } from "../../spec/index.ts";
import type { Invocation, Verdict } from "../check.ts";
import { againstReference } from "../oracle.ts";
import { exactValues, type GradientSample, gradientCall, inputOf, withInput } from "./samples.ts";
import { difference, distance, type InnerProduct, infinite, innerProduct, type Side, sideOf } from "./side.ts";

/** V + h·E */
const moved = (V: Tensor, h: number, E: Tensor): Tensor => {
  const [values, steps] = [decode(V), decode(E)];
  return encode(
    V.dtype,
    V.shape,
    Array.from(values, (value, at) => value + h * steps[at]),
  );
};

const firstOutput = ({ operator }: Invocation): string => operatorNamed(operator).outputs[0];

/** What an identity says of a sample: two numbers that are equal, and the calls of the backend they come from. */
interface Sides {
  readonly left: InnerProduct;
  readonly right: InnerProduct;
  readonly leftIs: string;
  readonly rightIs: string;
  readonly gradient: Side;
  /** Whether the backend computed anything on either side. */
  readonly forwardSupported: boolean;
  readonly calls: readonly Invocation[];
}

/** A way to say what a gradient is. */
export type Identity = (backend: Backend, sample: GradientSample) => Promise<Sides>;

/** ⟨gradient, E⟩ as the backend computes the gradient. */
async function alongDirection(backend: Backend, sample: GradientSample, E: Tensor) {
  const call = gradientCall(sample);
  const gradient = await sideOf(backend, call, sample.gradient.output);
  return { call, gradient, right: innerProduct(gradient, exactValues(E)) };
}

/** The forward operator at two values of its input: ⟨forward(high) − forward(low), G⟩. */
async function betweenTwo(backend: Backend, { gradient, call, G }: GradientSample, high: Tensor, low: Tensor) {
  const output = firstOutput(call);
  const calls = [withInput(gradient, call, high), withInput(gradient, call, low)];
  const [above, below] = [await sideOf(backend, calls[0], output), await sideOf(backend, calls[1], output)];
  const left = innerProduct(difference(above, below), exactValues(G), infinite(call, output));
  return { calls, left, forwardSupported: above.supported };
}

/**
 * ⟨forward(V + h·E) − forward(V − h·E), G⟩ / 2h = ⟨gradient, E⟩ with h = 1/2, for an operator that is linear in V:
 * the difference is then the derivative itself, and on integers nothing is rounded.
 */
export const centralDifference: Identity = async (backend, sample) => {
  const V = inputOf(sample.gradient, sample.call);
  const E = sample.direction;
  const { calls, ...forward } = await betweenTwo(backend, sample, moved(V, 0.5, E), moved(V, -0.5, E));
  const { call, ...backward } = await alongDirection(backend, sample, E);
  return {
    ...forward,
    ...backward,
    leftIs: "the central difference of the forward operator",
    rightIs: "the gradient along it",
    calls: [call, ...calls],
  };
};

/** ⟨A·V, G⟩ = ⟨V, Aᵀ·G⟩: the gradient is the transpose of the linear map. A·V is forward(V) less forward(0). */
export const adjoint: Identity = async (backend, sample) => {
  const V = inputOf(sample.gradient, sample.call);
  const { calls, ...forward } = await betweenTwo(backend, sample, V, moved(V, -1, V));
  const { call, ...backward } = await alongDirection(backend, sample, V);
  return { ...forward, ...backward, leftIs: "⟨A·V, G⟩", rightIs: "⟨V, Aᵀ·G⟩", calls: [call, ...calls] };
};

/** ⟨∂Z along E, G⟩ = ⟨gradient, E⟩, the left by dual numbers over the exact reference. */
export const directional: Identity = async (backend, sample) => {
  const { gradient, call, G, direction } = sample;
  const output = firstOutput(call);
  const slopes = decode(direction);
  const x = dual(({ tensor, offset }) => (tensor === gradient.input ? slopes[offset] : 0));
  const values = elements(evaluate(x, call.operator, call.inputs, call.attributes)[output]).map(({ slope }) => slope);
  const allowed = values.map(() => 0);
  const constant = infinite(call, output);
  // The norm of an empty window is 0 whatever the input: it has no part in the gradient, as where it is infinite.
  const leaving = (at: number): boolean => constant(at) || Number.isNaN(values[at]);
  const { call: backward, ...rest } = await alongDirection(backend, sample, direction);
  return {
    left: innerProduct({ values, allowed }, exactValues(G), leaving),
    leftIs: "the derivative of the forward formula along a direction",
    rightIs: "the gradient along it",
    forwardSupported: false,
    calls: [backward],
    ...rest,
  };
};

const show = ({ value }: InnerProduct): string => `${rounded(value, "f64")}`;

/** Which of the calls is wrong by the reference, so that one sees the element. */
async function blamed(backend: Backend, { calls }: Sides, message: string): Promise<Verdict> {
  for (const invocation of calls) {
    const verdict = await againstReference(backend, invocation);
    if (verdict.status === "fail")
      return { ...verdict, failure: { ...verdict.failure, message: `${message}; ${verdict.failure.message}` } };
  }
  return { status: "fail", failure: { message, invocation: calls[0] } };
}

/**
 * Holds a backend to an identity. What it does not implement of the two sides the reference stands in for; a
 * gradient that it does not implement stays unsupported, even where its forward operator passes.
 */
export const holds =
  (identity: Identity) =>
  async (backend: Backend, sample: GradientSample): Promise<Verdict> => {
    const sides = await identity(backend, sample);
    const { left, right, leftIs, rightIs, gradient, forwardSupported } = sides;
    const { forward, input } = sample.gradient;
    if (!gradient.supported && !forwardSupported)
      return { status: "unsupported", reason: `operator ${sample.gradient.gradient}` };
    const margin = distance(left, right);
    if (!(margin <= 1)) {
      const message = `for ${input} of ${forward}, ${leftIs} is ${show(left)}, ${rightIs} is ${show(right)}`;
      return blamed(backend, sides, message);
    }
    if (!gradient.supported)
      return {
        status: "unsupported",
        reason: `operator ${sample.gradient.gradient}; ${forward} agrees with the reference of its gradient`,
      };
    return { status: "pass", margin };
  };
