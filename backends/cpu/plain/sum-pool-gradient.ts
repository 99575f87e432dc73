import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  sumPoolGradient as signature,
} from "../../../spec/index.ts";
import { scatter } from "./scatter.ts";
import { forEachWindow, planesOf } from "./windows.ts";

/** GRAD-22: the gradient of sum pooling, dV [N, C, …X], from G [N, C, …P]. */
export function sumPoolGradient(
  { G }: InputsOf<"sum-pool-gradient">,
  attributes: AttributesOf<"sum-pool-gradient">,
): OutputsOf<"sum-pool-gradient"> {
  check(signature, { inputs: { G }, attributes });
  const { input } = attributes;
  return scatter(G.dtype, [...G.shape.slice(0, 2), ...input], (give) => {
    forEachWindow(planesOf(G.shape), input, attributes, (z, { places }) => {
      for (const place of places) give(place, G.data[z]);
    });
  });
}
