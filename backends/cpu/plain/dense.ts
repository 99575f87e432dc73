import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  dense as signature,
  zeros,
} from "../../../spec/index.ts";
import { sumsOfProducts } from "./matrix.ts";

/** DENSE-1: x [N, I] under weights W [O, I] and a bias b [O], giving Z [N, O]. */
export function dense({ x, W, b }: InputsOf<"dense">, attributes: AttributesOf<"dense">): OutputsOf<"dense"> {
  check(signature, { inputs: { x, W, b }, attributes });
  const [N, [O, I]] = [x.shape[0], W.shape];
  const Z = zeros(x.dtype, [N, O]);
  const product = (n: number, o: number, i: number) => x.data[n * I + i] * W.data[o * I + i];
  sumsOfProducts(Z.data, [N, O, I], product, (o) => b?.data[o] ?? 0);
  return { Z };
}
