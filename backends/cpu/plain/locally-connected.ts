import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  locallyConnected as signature,
  sizeOf,
  unsharedWeights,
  zeros,
} from "../../../spec/index.ts";
import { forEachUnshared } from "./unshared.ts";

/** LOCAL-2: V [N, C, …X] under weights W [O, …P, C, …R] and biases b [O, …P], giving Z [N, O, …P]. */
export function locallyConnected(
  { V, W, b }: InputsOf<"locally-connected">,
  attributes: AttributesOf<"locally-connected">,
): OutputsOf<"locally-connected"> {
  check(signature, { inputs: { V, W, b }, attributes });
  const [N, C, ...X] = V.shape;
  const { O, P, R } = unsharedWeights(W.shape);
  const Z = zeros(V.dtype, [N, O, ...P]);
  const outputs = O * sizeOf(P);
  const sums = Float64Array.from(Z.data, (_, z) => b?.data[z % outputs] ?? 0);
  forEachUnshared({ N, O, C, X, R, P }, attributes, (v, w, z) => {
    sums[z] += V.data[v] * W.data[w];
  });
  Z.data.set(sums);
  return { Z };
}
