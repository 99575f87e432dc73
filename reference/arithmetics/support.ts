import type { Arithmetic } from "../arithmetic.ts";

/** The stored values that a result depends on: for each tensor by name, their row-major places. */
export type Support = ReadonlyMap<string, ReadonlySet<number>>;

const union = (a: Support, b: Support): Support => {
  const all = new Map<string, ReadonlySet<number>>(a);
  for (const [tensor, offsets] of b) all.set(tensor, new Set([...(all.get(tensor) ?? []), ...offsets]));
  return all;
};

/** Sets of stored values: sparse connectivity, parameter sharing and receptive fields. */
export const support: Arithmetic<Support> = {
  zero: new Map(),
  // A constant of the formula stands in no tensor.
  embed: (_, { tensor, offset }) => (tensor === "" ? new Map() : new Map([[tensor, new Set([offset])]])),
  add: union,
  multiply: union,
  scale: (a) => a,
  max: union,
  divide: union,
  sqrt: (a) => a,
  compare: () => 0,
};
