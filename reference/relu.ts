import type { Arithmetic } from "./arithmetic.ts";
import { type Choices, larger } from "./choices.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** ACT-1   Z[i] = max(V[i], 0) */
export const relu = <T>(
  x: Arithmetic<T>,
  { V }: { readonly V: TensorOf<T> },
  _: Readonly<Record<never, never>>,
  choices: Choices,
) => ({ Z: tensor(V.shape, (i) => larger(x, V.at(...i), x.zero, choices)) });
