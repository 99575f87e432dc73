import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  type Shape,
  channelPool as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";

/** Visits every place of every group of channels: its place in [N, C/size, …X], and those of its elements in [N, C, …X]. */
export function forEachGroup(
  [N, C, ...X]: Shape,
  size: number,
  visit: (z: number, places: readonly number[]) => void,
): void {
  const plane = sizeOf(X);
  let z = 0;
  for (let group = 0; group < (N * C) / size; group++) {
    for (let x = 0; x < plane; x++)
      visit(
        z++,
        Array.from({ length: size }, (_, m) => (group * size + m) * plane + x),
      );
  }
}

/** POOL-10: the maximum over each group of channels of V [N, C, …X], giving Z [N, C/size, …X]; NaN where it holds one. */
export function channelPool(
  { V }: InputsOf<"channel-pool">,
  { size }: AttributesOf<"channel-pool">,
): OutputsOf<"channel-pool"> {
  check(signature, { inputs: { V }, attributes: { size } });
  const Z = zeros(V.dtype, V.shape.with(1, V.shape[1] / size));
  forEachGroup(V.shape, size, (z, places) => {
    Z.data[z] = places.reduce((largest, place) => Math.max(largest, V.data[place]), Number.NEGATIVE_INFINITY);
  });
  return { Z };
}
