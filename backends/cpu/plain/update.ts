import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  update as signature,
  zeros,
} from "../../../spec/index.ts";

/** OPT-1: w − η·g, for w and g of one shape. */
export function update({ w, g }: InputsOf<"update">, attributes: AttributesOf<"update">): OutputsOf<"update"> {
  check(signature, { inputs: { w, g }, attributes });
  const stepped = zeros(w.dtype, w.shape);
  for (let i = 0; i < stepped.data.length; i++) stepped.data[i] = w.data[i] - attributes.rate * g.data[i];
  return { w: stepped };
}
