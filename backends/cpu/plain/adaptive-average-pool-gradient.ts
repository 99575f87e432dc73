import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  adaptiveAveragePoolGradient as signature,
} from "../../../spec/index.ts";
import { scatter } from "./scatter.ts";
import { forEachGridWindow, planesOf } from "./windows.ts";

/** GRAD-26: the gradient of adaptive average pooling, dV [N, C, …X], from G [N, C, …grid]. */
export function adaptiveAveragePoolGradient(
  { G }: InputsOf<"adaptive-average-pool-gradient">,
  { input }: AttributesOf<"adaptive-average-pool-gradient">,
): OutputsOf<"adaptive-average-pool-gradient"> {
  check(signature, { inputs: { G }, attributes: { input } });
  return scatter(G.dtype, [...G.shape.slice(0, 2), ...input], (give) => {
    forEachGridWindow(planesOf(G.shape), input, G.shape.slice(2), (z, places) => {
      for (const place of places) give(place, G.data[z] / places.length);
    });
  });
}
