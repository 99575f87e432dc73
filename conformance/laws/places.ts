import { offsetOf } from "../../reference/index.ts";
import { random, type Tensor } from "../../spec/index.ts";

/** How many elements of a large result are looked at beside its corners. */
const looked = 60;

/** All places of a small result; of a larger one its corners, and others at random. */
export function places({ shape, data }: Tensor, seed: number): readonly number[] {
  if (data.length <= looked) return [...data.keys()];
  const source = random(seed, String(shape));
  const corners = Array.from({ length: 2 ** shape.length }, (_, corner) =>
    offsetOf(
      shape,
      shape.map((extent, axis) => ((corner >> axis) & 1 ? extent - 1 : 0)),
    ),
  );
  const drawn = Array.from({ length: looked }, () => source.integer(0, data.length - 1));
  return [...new Set([...corners, ...drawn])];
}
