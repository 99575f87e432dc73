import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  l2PoolGradient as signature,
} from "../../../spec/index.ts";
import { scatter } from "./scatter.ts";
import { forEachWindow, planesOf } from "./windows.ts";

/** GRAD-23: the gradient of L2 pooling, dV [N, C, …X], from V and G [N, C, …P]; 0 where a norm is 0. */
export function l2PoolGradient(
  { V, G }: InputsOf<"l2-pool-gradient">,
  attributes: AttributesOf<"l2-pool-gradient">,
): OutputsOf<"l2-pool-gradient"> {
  check(signature, { inputs: { V, G }, attributes });
  return scatter(V.dtype, V.shape, (give) => {
    forEachWindow(planesOf(V.shape), V.shape.slice(2), attributes, (z, { places }) => {
      const norm = Math.sqrt(places.reduce((sum, place) => sum + V.data[place] ** 2, 0));
      if (norm === 0) return;
      for (const place of places) give(place, (G.data[z] * V.data[place]) / norm);
    });
  });
}
