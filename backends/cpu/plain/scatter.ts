import { type Shape, sizeOf, type Tensor, zeros } from "../../../spec/index.ts";

/** What an input element is given of the errors above it: summed in double precision, rounded once at the end. */
export function scatter(
  dtype: Tensor["dtype"],
  shape: Shape,
  fill: (give: (place: number, error: number) => void) => void,
): { dV: Tensor } {
  const sums = new Float64Array(sizeOf(shape));
  fill((place, error) => {
    sums[place] += error;
  });
  const dV = zeros(dtype, shape);
  dV.data.set(sums);
  return { dV };
}
