import type { ChannelPoolAttributes } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Choices, winnerAmong } from "./choices.ts";
import type { PoolGradientInputs } from "./max-pool-gradient.ts";
import { tensor } from "./tensor.ts";

/** GRAD-27   dV[n,c,p] = G[n, ⌊c/g⌋, p] where channel c wins its group at p, else 0; g = size */
export const channelPoolGradient = <T>(
  x: Arithmetic<T>,
  { V, G }: PoolGradientInputs<T>,
  { size: g }: ChannelPoolAttributes,
  choices: Choices,
) => {
  const W = tensor(G.shape, ([n, o, ...p]) =>
    winnerAmong(
      x,
      Array.from({ length: g }, (_, m) => V.at(n, o * g + m, ...p)),
      choices,
    ),
  );

  const dV = tensor(V.shape, ([n, c, ...p]) => {
    const o = Math.floor(c / g);
    return W.at(n, o, ...p) === c - o * g ? G.at(n, o, ...p) : x.zero;
  });
  return { dV };
};
