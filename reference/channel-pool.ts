import type { ChannelPoolAttributes } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Choices, larger } from "./choices.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** POOL-10   Z[n,c,p] = max_{0 ≤ m < g} V[n, c·g + m, p], g = size */
export const channelPool = <T>(
  x: Arithmetic<T>,
  { V }: { readonly V: TensorOf<T> },
  { size: g }: ChannelPoolAttributes,
  choices: Choices,
) => {
  const [N, C, ...X] = V.shape;

  const Z = tensor([N, C / g, ...X], ([n, c, ...p]) =>
    Array.from({ length: g }, (_, m) => V.at(n, c * g + m, ...p)).reduce((largest, element) =>
      larger(x, largest, element, choices),
    ),
  );
  return { Z };
};
