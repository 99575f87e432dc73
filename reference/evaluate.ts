import type { AttributesOf, OperatorName, OperatorTypesByName, Tensor } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { averagePool } from "./average-pool.ts";
import { convolve } from "./convolve.ts";
import { correlate } from "./correlate.ts";
import { maxPool } from "./max-pool.ts";
import { embed, type TensorOf } from "./tensor.ts";

type Named<Required extends string, Optional extends string, T> = { readonly [name in Required]: TensorOf<T> } & {
  readonly [name in Optional]?: TensorOf<T>;
};

/** The formula of an operator, over any number system. */
export type Formula<N extends OperatorName> = <T>(
  x: Arithmetic<T>,
  inputs: Named<OperatorTypesByName[N]["inputs"], OperatorTypesByName[N]["optional"], T>,
  attributes: AttributesOf<N>,
) => { readonly [name in OperatorTypesByName[N]["outputs"]]: TensorOf<T> };

/** The reference of every operator of the spec, by name. */
export const reference: { readonly [N in OperatorName]: Formula<N> } = {
  correlate,
  convolve,
  "max-pool": maxPool,
  "average-pool": averagePool,
};

/** Stored inputs by name; an optional one may be missing. */
export type StoredInputs = Readonly<Record<string, Tensor | undefined>>;

/** Evaluates an operator on stored inputs in a number system. The call must meet the constraints. */
export function evaluate<T>(
  x: Arithmetic<T>,
  name: OperatorName,
  inputs: StoredInputs,
  attributes: object,
): Readonly<Record<string, TensorOf<T>>> {
  const formula = reference[name] as unknown as (
    x: Arithmetic<T>,
    inputs: Record<string, TensorOf<T>>,
    attributes: object,
  ) => Record<string, TensorOf<T>>;
  const embedded = Object.entries(inputs).flatMap(([input, stored]) =>
    stored ? [[input, embed(x, input, stored)]] : [],
  );
  return formula(x, Object.fromEntries(embedded), attributes);
}
