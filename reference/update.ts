import type { UpdateAttributes } from "../spec/index.ts";
import { type Arithmetic, subtract } from "./arithmetic.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** The inputs of a step of gradient descent: the weights w and the gradient g, of one shape. */
export interface UpdateInputs<T> {
  readonly w: TensorOf<T>;
  readonly g: TensorOf<T>;
}

/** OPT-1   w[i] ← w[i] − η·g[i] */
export const update = <T>(x: Arithmetic<T>, { w, g }: UpdateInputs<T>, { rate }: UpdateAttributes) => {
  const η = x.embed(rate, { tensor: "", offset: 0 });
  return { w: tensor(w.shape, (i) => subtract(x, w.at(...i), x.multiply(η, g.at(...i)))) };
};
