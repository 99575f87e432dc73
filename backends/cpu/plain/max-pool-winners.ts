import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  maxPoolWinners as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";
import { forEachWindow, planesOf, pooled } from "./windows.ts";
import { winnerOf } from "./winner.ts";

/** POOL-11: where in its plane the maximum of each window of V [N, C, …X] stands, giving Z [N, C, …P]; the first of equal ones. */
export function maxPoolWinners(
  { V }: InputsOf<"max-pool-winners">,
  attributes: AttributesOf<"max-pool-winners">,
): OutputsOf<"max-pool-winners"> {
  check(signature, { inputs: { V }, attributes });
  const Z = zeros(V.dtype, pooled(V.shape, attributes));
  const plane = sizeOf(V.shape.slice(2));
  forEachWindow(planesOf(V.shape), V.shape.slice(2), attributes, (z, { places }) => {
    const winner = winnerOf(V.data, places);
    Z.data[z] = winner < 0 ? -1 : winner % plane;
  });
  return { Z };
}
