import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  biasGradient as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";

/** GRAD-9: from G [N, O, …P] the gradient db [O] of the bias. */
export function biasGradient(
  { G }: InputsOf<"bias-gradient">,
  attributes: AttributesOf<"bias-gradient">,
): OutputsOf<"bias-gradient"> {
  check(signature, { inputs: { G }, attributes });
  const [N, O, ...P] = G.shape;
  const size = sizeOf(P);
  const db = zeros(G.dtype, [O]);
  for (let o = 0; o < O; o++) {
    let sum = 0;
    for (let n = 0; n < N; n++) for (let p = 0; p < size; p++) sum += G.data[(n * O + o) * size + p];
    db.data[o] = sum;
  }
  return { db };
}
