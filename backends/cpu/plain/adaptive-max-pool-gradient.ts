import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  adaptiveMaxPoolGradient as signature,
} from "../../../spec/index.ts";
import { scatter } from "./scatter.ts";
import { forEachGridWindow, planesOf } from "./windows.ts";
import { winnerOf } from "./winner.ts";

/** GRAD-25: the gradient of adaptive max pooling, dV [N, C, …X], from V and G [N, C, …grid]; of equal elements the first wins. */
export function adaptiveMaxPoolGradient(
  { V, G }: InputsOf<"adaptive-max-pool-gradient">,
  { grid }: AttributesOf<"adaptive-max-pool-gradient">,
): OutputsOf<"adaptive-max-pool-gradient"> {
  check(signature, { inputs: { V, G }, attributes: { grid } });
  return scatter(V.dtype, V.shape, (give) => {
    forEachGridWindow(planesOf(V.shape), V.shape.slice(2), grid, (z, places) => {
      give(winnerOf(V.data, places), G.data[z]);
    });
  });
}
