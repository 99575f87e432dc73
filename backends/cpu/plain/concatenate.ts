import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  concatenate as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";

/** NET-2: a, b and where given c and d, one after the other along the channels. */
export function concatenate(
  { a, b, c, d }: InputsOf<"concatenate">,
  attributes: AttributesOf<"concatenate">,
): OutputsOf<"concatenate"> {
  const call = { inputs: { a, b, c, d }, attributes };
  check(signature, call);
  const parts = [a, b, c, d].filter((part) => part !== undefined);
  const Z = zeros(a.dtype, signature.shapes(call).Z);
  let to = 0;
  for (let n = 0; n < a.shape[0]; n++) {
    for (const { data, shape } of parts) {
      const sample = sizeOf(shape.slice(1));
      for (let at = 0; at < sample; at++) Z.data[to++] = data[n * sample + at];
    }
  }
  return { Z };
}
