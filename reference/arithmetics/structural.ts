import type { Arithmetic } from "../arithmetic.ts";
import { type Support, support } from "./support.ts";

/** What a result is made of; undefined where it is made of nothing, since every product in it has a zero. */
export type Structure = Support | undefined;

/** A sum of what is there. */
const either = (a: Structure, b: Structure): Structure => (a && b ? support.add(a, b) : (a ?? b));

const both = (a: Structure, b: Structure): Structure => (a && b ? support.multiply(a, b) : undefined);

/**
 * Support in which a stored zero is no connection: an input with a single 1 leaves of a linear operator one column of its
 * matrix, each entry with the weights that stand in it.
 */
export const structural: Arithmetic<Structure> = {
  zero: undefined,
  embed: (value, position) => (value === 0 ? undefined : support.embed(value, position)),
  add: either,
  multiply: both,
  scale: (a, p) => (p === 0 ? undefined : a),
  max: either,
  divide: both,
  sqrt: (a) => a,
  compare: () => 0,
};
