import type { ConcatenateGradientAttributes } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** GRAD-51   dV[n,c,v] = G[n, q + c, v], q the channels of the parts before this one */
export const concatenateGradient = <T>(
  _: Arithmetic<T>,
  { G }: { readonly G: TensorOf<T> },
  { channels, part }: ConcatenateGradientAttributes,
) => {
  const q = channels.slice(0, part).reduce((before, count) => before + count, 0);
  return { dV: tensor(G.shape.with(1, channels[part]), ([n, c, ...v]) => G.at(n, q + c, ...v)) };
};
