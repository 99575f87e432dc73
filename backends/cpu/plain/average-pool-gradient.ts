import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  averagePoolGradient as signature,
} from "../../../spec/index.ts";
import { scatter } from "./scatter.ts";
import { forEachWindow, planesOf } from "./windows.ts";

/** GRAD-21: the gradient of average pooling, dV [N, C, …X], from G [N, C, …P]. */
export function averagePoolGradient(
  { G }: InputsOf<"average-pool-gradient">,
  attributes: AttributesOf<"average-pool-gradient">,
): OutputsOf<"average-pool-gradient"> {
  check(signature, { inputs: { G }, attributes });
  const { input, divisor } = attributes;
  return scatter(G.dtype, [...G.shape.slice(0, 2), ...input], (give) => {
    forEachWindow(planesOf(G.shape), input, attributes, (z, { places, cells }) => {
      const share = G.data[z] / (divisor === "valid" ? places.length : cells);
      for (const place of places) give(place, share);
    });
  });
}
