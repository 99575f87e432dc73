import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  weightedPoolGradient as signature,
} from "../../../spec/index.ts";
import { scatter } from "./scatter.ts";
import { weightsOf } from "./weighted-pool.ts";
import { forEachWindow, planesOf } from "./windows.ts";

/** GRAD-24: the gradient of the distance-weighted average, dV [N, C, …X], from G [N, C, …P]. */
export function weightedPoolGradient(
  { G }: InputsOf<"weighted-pool-gradient">,
  attributes: AttributesOf<"weighted-pool-gradient">,
): OutputsOf<"weighted-pool-gradient"> {
  check(signature, { inputs: { G }, attributes });
  const { input } = attributes;
  const weights = weightsOf(attributes);
  return scatter(G.dtype, [...G.shape.slice(0, 2), ...input], (give) => {
    forEachWindow(planesOf(G.shape), input, attributes, (z, { places, taps }) => {
      const total = taps.reduce((sum, tap) => sum + weights[tap], 0);
      for (const [at, place] of places.entries()) give(place, (G.data[z] * weights[taps[at]]) / total);
    });
  });
}
