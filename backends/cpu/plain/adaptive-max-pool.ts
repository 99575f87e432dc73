import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  adaptiveMaxPool as signature,
  zeros,
} from "../../../spec/index.ts";
import { forEachGridWindow, planesOf } from "./windows.ts";

/** POOL-8: the maximum of each window of V [N, C, …X], giving Z [N, C, …grid]; NaN where the window holds one. */
export function adaptiveMaxPool(
  { V }: InputsOf<"adaptive-max-pool">,
  { grid }: AttributesOf<"adaptive-max-pool">,
): OutputsOf<"adaptive-max-pool"> {
  check(signature, { inputs: { V }, attributes: { grid } });
  const Z = zeros(V.dtype, [...V.shape.slice(0, 2), ...grid]);
  forEachGridWindow(planesOf(V.shape), V.shape.slice(2), grid, (z, places) => {
    Z.data[z] = places.reduce((largest, place) => Math.max(largest, V.data[place]), Number.NEGATIVE_INFINITY);
  });
  return { Z };
}
