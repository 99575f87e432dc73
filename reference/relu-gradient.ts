import type { Arithmetic } from "./arithmetic.ts";
import type { Choices } from "./choices.ts";
import type { PoolGradientInputs } from "./max-pool-gradient.ts";
import { tensor } from "./tensor.ts";

/** GRAD-45   dV[i] = G[i] where V[i] > 0, else 0; by the choices, 0·G[i] there, and a NaN in V is one or the other */
export const reluGradient = <T>(
  x: Arithmetic<T>,
  { V, G }: PoolGradientInputs<T>,
  _: Readonly<Record<never, never>>,
  { nan, stopped }: Choices,
) => {
  const dV = tensor(V.shape, (i) => {
    const sign = x.compare(V.at(...i), x.zero);
    if (sign > 0 || (Number.isNaN(sign) && nan !== "stop")) return G.at(...i);
    return stopped === "product" ? x.multiply(G.at(...i), x.zero) : x.zero;
  });
  return { dV };
};
