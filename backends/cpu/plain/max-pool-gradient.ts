import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  maxPoolGradient as signature,
} from "../../../spec/index.ts";
import { scatter } from "./scatter.ts";
import { forEachWindow, planesOf } from "./windows.ts";
import { winnerOf } from "./winner.ts";

/** GRAD-20: the gradient of max pooling, dV [N, C, …X], from V and G [N, C, …P]; of equal elements the first wins. */
export function maxPoolGradient(
  { V, G }: InputsOf<"max-pool-gradient">,
  attributes: AttributesOf<"max-pool-gradient">,
): OutputsOf<"max-pool-gradient"> {
  check(signature, { inputs: { V, G }, attributes });
  return scatter(V.dtype, V.shape, (give) => {
    forEachWindow(planesOf(V.shape), V.shape.slice(2), attributes, (z, { places }) => {
      const winner = winnerOf(V.data, places);
      if (winner >= 0) give(winner, G.data[z]);
    });
  });
}
