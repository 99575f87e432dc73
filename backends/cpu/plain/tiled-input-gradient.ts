import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  tiledInputGradient as signature,
  sizeOf,
  tilesOf,
  zeros,
} from "../../../spec/index.ts";
import { forEachTiled } from "./unshared.ts";

/** GRAD-43: from G [N, O, …P] and K [O, C, …R, …t] the gradient dV [N, C, …X] of the input. */
export function tiledInputGradient(
  { G, K }: InputsOf<"tiled-input-gradient">,
  attributes: AttributesOf<"tiled-input-gradient">,
): OutputsOf<"tiled-input-gradient"> {
  check(signature, { inputs: { G, K }, attributes });
  const [N, O, ...P] = G.shape;
  const { C, R, t } = tilesOf(K.shape);
  const X = attributes.input;
  const dV = zeros(G.dtype, [N, C, ...X]);
  const sums = new Float64Array(sizeOf(dV.shape));
  forEachTiled({ N, O, C, X, R, P }, t, attributes, (v, w, z) => {
    sums[v] += G.data[z] * K.data[w];
  });
  dV.data.set(sums);
  return { dV };
}
