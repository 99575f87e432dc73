import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  channelPoolGradient as signature,
} from "../../../spec/index.ts";
import { forEachGroup } from "./channel-pool.ts";
import { scatter } from "./scatter.ts";
import { winnerOf } from "./winner.ts";

/** GRAD-27: the gradient of pooling over channels, dV [N, C, …X], from V and G [N, C/size, …X]; of equal channels the first wins. */
export function channelPoolGradient(
  { V, G }: InputsOf<"channel-pool-gradient">,
  { size }: AttributesOf<"channel-pool-gradient">,
): OutputsOf<"channel-pool-gradient"> {
  check(signature, { inputs: { V, G }, attributes: { size } });
  return scatter(V.dtype, V.shape, (give) => {
    forEachGroup(V.shape, size, (z, places) => {
      give(winnerOf(V.data, places), G.data[z]);
    });
  });
}
