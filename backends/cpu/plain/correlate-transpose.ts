import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  correlateTranspose as signature,
  sizeOf,
  transposedExtents,
  zeros,
} from "../../../spec/index.ts";
import { forEachTerm } from "./terms.ts";

/** GRAD-10: from V [N, O, …P] and K [O, C/groups, …R] the transposed cross-correlation Z [N, C, …X]. */
export function correlateTranspose(
  { V, K, b }: InputsOf<"correlate-transpose">,
  attributes: AttributesOf<"correlate-transpose">,
): OutputsOf<"correlate-transpose"> {
  check(signature, { inputs: { V, K, b }, attributes });
  const [N, O, ...P] = V.shape;
  const [, C, ...R] = K.shape;
  const { groups } = attributes;
  const X = transposedExtents(P, R, attributes);
  const Z = zeros(V.dtype, [N, C * groups, ...X]);
  const sums = new Float64Array(sizeOf(Z.shape));
  if (b) for (let z = 0; z < sums.length; z++) sums[z] = b.data[Math.floor(z / sizeOf(X)) % (C * groups)];
  const forward = { ...attributes, rounding: "floor" as const };
  forEachTerm({ N, O, C, X, R, groups }, forward, false, (z, k, v) => {
    sums[z] += V.data[v] * K.data[k];
  });
  Z.data.set(sums);
  return { Z };
}
