import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  type PoolAttributes,
  weightedPool as signature,
  zeros,
} from "../../../spec/index.ts";
import { forEachWindow, planesOf, pooled } from "./windows.ts";

/** POOL-6: the weight 1 / (1 + squared distance from the centre) of each tap of a window, row-major. */
export function weightsOf({ window, dilation }: PoolAttributes): number[] {
  let squared = [0];
  for (const [axis, r] of window.entries()) {
    const own = Array.from({ length: r }, (_, k) => (dilation[axis] * (k - (r - 1) / 2)) ** 2);
    squared = squared.flatMap((before) => own.map((more) => before + more));
  }
  return squared.map((distance) => 1 / (1 + distance));
}

/** POOL-6: the average of each window of V [N, C, …X], weighted by the distance from its centre, giving Z [N, C, …P]. */
export function weightedPool(
  { V }: InputsOf<"weighted-pool">,
  attributes: AttributesOf<"weighted-pool">,
): OutputsOf<"weighted-pool"> {
  check(signature, { inputs: { V }, attributes });
  const Z = zeros(V.dtype, pooled(V.shape, attributes));
  const weights = weightsOf(attributes);
  forEachWindow(planesOf(V.shape), V.shape.slice(2), attributes, (z, { places, taps }) => {
    let [sum, total] = [0, 0];
    for (const [at, place] of places.entries()) {
      sum += weights[taps[at]] * V.data[place];
      total += weights[taps[at]];
    }
    Z.data[z] = sum / total;
  });
  return { Z };
}
