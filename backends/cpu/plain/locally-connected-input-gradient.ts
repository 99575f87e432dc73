import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  locallyConnectedInputGradient as signature,
  sizeOf,
  unsharedWeights,
  zeros,
} from "../../../spec/index.ts";
import { forEachUnshared } from "./unshared.ts";

/** GRAD-40: from G [N, O, …P] and W [O, …P, C, …R] the gradient dV [N, C, …X] of the input. */
export function locallyConnectedInputGradient(
  { G, W }: InputsOf<"locally-connected-input-gradient">,
  attributes: AttributesOf<"locally-connected-input-gradient">,
): OutputsOf<"locally-connected-input-gradient"> {
  check(signature, { inputs: { G, W }, attributes });
  const [N, O] = G.shape;
  const { P, C, R } = unsharedWeights(W.shape);
  const X = attributes.input;
  const dV = zeros(G.dtype, [N, C, ...X]);
  const sums = new Float64Array(sizeOf(dV.shape));
  forEachUnshared({ N, O, C, X, R, P }, attributes, (v, w, z) => {
    sums[v] += G.data[z] * W.data[w];
  });
  dV.data.set(sums);
  return { dV };
}
