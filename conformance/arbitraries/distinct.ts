import fc from "fast-check";
import { encode } from "../../reference/index.ts";
import { type Shape, sizeOf, type Tensor } from "../../spec/index.ts";

/** A stored tensor of integers around zero, no two of them equal, in any order: no tie can arise. */
export function distinctTensor(shape: Shape): fc.Arbitrary<Tensor> {
  const size = sizeOf(shape);
  const values = Array.from({ length: size }, (_, at) => at - Math.floor(size / 3));
  return fc
    .shuffledSubarray(values, { minLength: size, maxLength: size })
    .map((shuffled) => encode("f32", shape, shuffled));
}
