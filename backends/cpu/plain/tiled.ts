import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  tiled as signature,
  sizeOf,
  tilesOf,
  zeros,
} from "../../../spec/index.ts";
import { forEachTiled } from "./unshared.ts";

/** TILED-1: V [N, C, …X] under kernels K [O, C, …R, …t] that take turns and a bias b [O], giving Z [N, O, …P]. */
export function tiled({ V, K, b }: InputsOf<"tiled">, attributes: AttributesOf<"tiled">): OutputsOf<"tiled"> {
  check(signature, { inputs: { V, K, b }, attributes });
  const [N, C, ...X] = V.shape;
  const { O, R, t } = tilesOf(K.shape);
  const { Z: shape } = signature.shapes({ inputs: { V, K }, attributes });
  const P = shape.slice(2);
  const Z = zeros(V.dtype, shape);
  const positions = sizeOf(P);
  const sums = Float64Array.from(Z.data, (_, z) => b?.data[Math.floor(z / positions) % O] ?? 0);
  forEachTiled({ N, O, C, X, R, P }, t, attributes, (v, w, z) => {
    sums[z] += V.data[v] * K.data[w];
  });
  Z.data.set(sums);
  return { Z };
}
