import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  add as signature,
  zeros,
} from "../../../spec/index.ts";

/** NET-1: a + b, element by element. */
export function add({ a, b }: InputsOf<"add">, attributes: AttributesOf<"add">): OutputsOf<"add"> {
  check(signature, { inputs: { a, b }, attributes });
  const Z = zeros(a.dtype, a.shape);
  for (let i = 0; i < Z.data.length; i++) Z.data[i] = a.data[i] + b.data[i];
  return { Z };
}
