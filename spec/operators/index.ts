import type { Operator, OperatorTypes } from "../operator.ts";
import type { Tensor } from "../tensor.ts";
import { type AveragePool, averagePool } from "./average-pool.ts";
import { type Convolve, convolve } from "./convolve.ts";
import { type Correlate, correlate } from "./correlate.ts";
import { type MaxPool, maxPool } from "./max-pool.ts";

/** Every operator of the spec, by name: its inputs, attributes and outputs as types. */
export interface OperatorTypesByName {
  correlate: Correlate;
  convolve: Convolve;
  "max-pool": MaxPool;
  "average-pool": AveragePool;
}

export type OperatorName = keyof OperatorTypesByName;

/** Every operator of the spec, by name. */
export const operators: { readonly [N in OperatorName]: Operator<OperatorTypesByName[N]> } = {
  correlate,
  convolve,
  "max-pool": maxPool,
  "average-pool": averagePool,
};

export const operatorNames = Object.keys(operators) as readonly OperatorName[];

export const isOperatorName = (name: string): name is OperatorName => Object.hasOwn(operators, name);

export type AttributesOf<N extends OperatorName> = OperatorTypesByName[N]["attributes"];

/** The stored inputs of a call: the optional ones may be missing. */
export type InputsOf<N extends OperatorName> = OperatorTypesByName[N] extends infer T extends OperatorTypes
  ? { readonly [name in T["inputs"]]: Tensor } & { readonly [name in T["optional"]]?: Tensor }
  : never;

export type OutputsOf<N extends OperatorName> = { readonly [name in OperatorTypesByName[N]["outputs"]]: Tensor };

/** An operator as one that takes any call, for code that serves them all. */
export const operatorNamed = (name: OperatorName): Operator => operators[name] as unknown as Operator;

export type { AveragePoolAttributes } from "./average-pool.ts";
export type { CorrelateAttributes } from "./correlate.ts";
export { averagePool, convolve, correlate, maxPool };
