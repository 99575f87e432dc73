import { random, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import type { Cell } from "./cell.ts";

/**
 * f32 numbers of [−1, 1) with 24 significant bits, from the portable generator: any language can draw the
 * same from the layer's and the tensor's name. A variance is made positive.
 */
export function fill(layer: string, name: string, shape: Shape): Tensor {
  const draws = random(1, `${layer} ${name}`);
  const data = new Float32Array(sizeOf(shape));
  for (let at = 0; at < data.length; at++) data[at] = (draws.next() >>> 8) / 2 ** 23 - 1;
  if (name === "variance") for (let at = 0; at < data.length; at++) data[at] = Math.abs(data[at]) + 0.5;
  return { dtype: "f32", shape, data };
}

/** The inputs of a cell. */
export const inputsOf = ({ layer, inputs }: Cell): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, fill(layer, name, shape)]));
