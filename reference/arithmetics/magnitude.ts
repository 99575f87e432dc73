import type { Arithmetic } from "../arithmetic.ts";
import { exactly } from "./exact.ts";
import { float64 } from "./float64.ts";

/**
 * A value beside what bounds its error: the formula evaluated on absolute values, and how many
 * roundings any one term passes through at most, in whatever order the terms are added.
 * The computed value is within γ(roundings) · bound of the exact one.
 */
export interface Magnitude {
  /** The value itself, to double precision: what comparisons compare. */
  readonly value: number;
  /** Σ|x||w|. */
  readonly bound: number;
  readonly roundings: number;
  /** Products that were added up: each may lose half the smallest subnormal to underflow. */
  readonly products: number;
  /** Every partial result, in whatever order, is a multiple of 2^quantum; −∞ where none is known. */
  readonly quantum: number;
}

/** The exponent of the lowest set bit of a number; ∞ for zero, a multiple of everything. */
function quantumOf(value: number): number {
  const stored = exactly(value);
  if (typeof stored === "number" || stored.m === 0n)
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const lowest = stored.m & -stored.m;
  return stored.e + lowest.toString(2).length - 1;
}

const none: Magnitude = { value: 0, bound: 0, roundings: 0, products: 0, quantum: Number.POSITIVE_INFINITY };

export const magnitude: Arithmetic<Magnitude> = {
  zero: none,
  embed: (value) => ({ value, bound: Math.abs(value), roundings: 0, products: 0, quantum: quantumOf(value) }),
  add: (a, b) => ({
    value: a.value + b.value,
    bound: a.bound + b.bound,
    roundings: Math.max(a.roundings, b.roundings) + 1,
    products: a.products + b.products,
    quantum: Math.min(a.quantum, b.quantum),
  }),
  multiply: (a, b) => ({
    value: a.value * b.value,
    bound: a.bound * b.bound,
    roundings: a.roundings + b.roundings + 1,
    products: a.products + b.products + 1,
    quantum: a.quantum + b.quantum,
  }),
  scale: (a, p, q) => ({
    value: (a.value * p) / q,
    bound: Math.abs((a.bound * p) / q),
    roundings: a.roundings + 1,
    products: a.products + 1,
    quantum: a.quantum + quantumOf(p) + (Number.isInteger(Math.log2(q)) ? -Math.log2(q) : Number.NEGATIVE_INFINITY),
  }),
  max: (a, b) => {
    const larger = Number.isNaN(a.value) || a.value >= b.value ? a : b;
    return {
      value: larger.value,
      bound: Math.max(a.bound, b.bound),
      roundings: Math.max(a.roundings, b.roundings),
      products: Math.max(a.products, b.products),
      quantum: Math.min(a.quantum, b.quantum),
    };
  },
  divide: (a, b) => ({
    value: a.value / b.value,
    bound: (a.bound + Math.abs(a.value / b.value) * b.bound) / Math.abs(b.value),
    roundings: a.roundings + b.roundings + 1,
    products: a.products + b.products + 1,
    quantum: Number.NEGATIVE_INFINITY,
  }),
  sqrt: (a) => ({
    value: Math.sqrt(a.value),
    bound: a.value === 0 ? 0 : (a.value + a.bound) / (2 * Math.sqrt(a.value)),
    roundings: a.roundings + 1,
    products: a.products,
    quantum: Number.NEGATIVE_INFINITY,
  }),
  compare: (a, b) => float64.compare(a.value, b.value),
};
