import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  adaptiveAveragePool as signature,
  zeros,
} from "../../../spec/index.ts";
import { forEachGridWindow, planesOf } from "./windows.ts";

/** POOL-9: the average of each window of V [N, C, …X], giving Z [N, C, …grid]. */
export function adaptiveAveragePool(
  { V }: InputsOf<"adaptive-average-pool">,
  { grid }: AttributesOf<"adaptive-average-pool">,
): OutputsOf<"adaptive-average-pool"> {
  check(signature, { inputs: { V }, attributes: { grid } });
  const Z = zeros(V.dtype, [...V.shape.slice(0, 2), ...grid]);
  forEachGridWindow(planesOf(V.shape), V.shape.slice(2), grid, (z, places) => {
    Z.data[z] = places.reduce((sum, place) => sum + V.data[place], 0) / places.length;
  });
  return { Z };
}
