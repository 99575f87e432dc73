import { type DType, largestFinite, smallestNormal, smallestSubnormal, unitRoundoff } from "../../spec/index.ts";
import type { Arithmetic } from "../arithmetic.ts";
import { round } from "../rounding.ts";
import { exactly } from "./exact.ts";
import { float64 } from "./float64.ts";
import { gamma } from "./gamma.ts";

/**
 * A value beside what bounds its error. The computed value is, in whatever order terms are added, within
 *   γ(roundings)·bound + products·(what underflow takes) + absolute
 * of the exact one, unless no bound can be given.
 */
export interface Magnitude {
  /** The value itself, to double precision: what comparisons compare. */
  readonly value: number;
  /** Σ|x||w|; past a product, quotient or root of computed values, what their relative errors are multiplied by. */
  readonly bound: number;
  /** How many roundings any one term passes through at most. */
  readonly roundings: number;
  /** Products that were added up, each as heavy as its error counts: each may lose half the smallest subnormal. */
  readonly products: number;
  /** What the rounding of constants, such as ε, to the format of the tensors and reading subnormals as zero may move the value by. */
  readonly absolute: number;
  /** The largest bound on the way: whether something overflows before the end. */
  readonly peak: number;
  /** Whether nothing can be said: what is divided by may be zero or a partial result beyond the largest number. */
  readonly unbounded: boolean;
  /** Every partial result, in whatever order, is a multiple of 2^quantum; −∞ where none is known. */
  readonly quantum: number;
}

/** What a formula is computed in: tensors of one format, sums in another, and subnormals, which may count as zero. */
export interface Computation {
  readonly dtype: DType;
  readonly accumulation?: DType;
  readonly flushesSubnormals?: boolean;
}

const bits = new DataView(new ArrayBuffer(8));
const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/** The exponent of the lowest set bit of a number, from its bits; ∞ for zero, a multiple of everything. */
function quantumOf(value: number): number {
  if (Number.isNaN(value)) return Number.NEGATIVE_INFINITY;
  if (value === 0 || !Number.isFinite(value)) return Number.POSITIVE_INFINITY;
  bits.setFloat64(0, value);
  const [high, low] = [bits.getUint32(0), bits.getUint32(4)];
  const exponent = (high >>> 20) & 0x7ff;
  const leading = (high & 0xfffff) | (exponent === 0 ? 0 : 1 << 20);
  return Math.max(exponent, 1) - 1075 + (low === 0 ? 32 + lowestBit(leading) : lowestBit(low));
}

/** x·y, where nothing times anything is nothing. */
const times = (x: number, y: number): number => (y === 0 ? 0 : x * y);

const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));

const none: Magnitude = {
  value: 0,
  bound: 0,
  roundings: 0,
  products: 0,
  absolute: 0,
  peak: 0,
  unbounded: false,
  quantum: Number.POSITIVE_INFINITY,
};

/** What an operation makes of the bounds on the way. */
const onTheWay = (
  bound: number,
  ...operands: readonly Magnitude[]
): Pick<Magnitude, "bound" | "peak" | "unbounded"> => ({
  bound,
  peak: Math.max(bound, ...operands.map(({ peak }) => peak)),
  unbounded: operands.some(({ unbounded }) => unbounded),
});

/** The bounds of errors in one computation. What the operations do with them is derived in the spec's page on verdicts. */
export function magnitudeIn({ dtype, accumulation = dtype, flushesSubnormals }: Computation): Arithmetic<Magnitude> {
  const u = unitRoundoff(accumulation);
  const underflow = flushesSubnormals ? smallestNormal(accumulation) : smallestSubnormal(accumulation) / 2;
  const largest = largestFinite(accumulation);

  /** What relative errors are multiplied by: nothing where there was no rounding. */
  const relative = ({ roundings, bound }: Magnitude): number => (roundings === 0 ? 0 : bound);
  const error = (a: Magnitude): number =>
    a.bound === 0 ? a.absolute : times(gamma(a.roundings, u), relative(a)) + a.products * underflow + a.absolute;
  /** At least the magnitude of the exact and of the computed value. */
  const high = (a: Magnitude): number => Math.abs(a.value) + 2 * error(a);
  /** At most the magnitude of the exact and of the computed value, both of which have the sign of this one's. */
  const low = (a: Magnitude): number => Math.abs(a.value) - 2 * error(a);
  const overflows = ({ peak }: Magnitude): boolean => Number.isFinite(peak) && peak >= largest;

  const ofConstant = (value: number): number => {
    const stored = exactly(value);
    return typeof stored === "number" ? 0 : Math.abs(value - round(stored, dtype));
  };

  /** An input below this may count as zero. */
  const leastRead = flushesSubnormals ? smallestNormal(dtype) : 0;

  return {
    zero: none,
    embed: (value, { tensor }) => ({
      ...none,
      value,
      bound: Math.abs(value),
      absolute: tensor === "" ? ofConstant(value) : Math.abs(value) < leastRead ? Math.abs(value) : 0,
      peak: Math.abs(value),
      quantum: quantumOf(value),
    }),
    // Sums and products are most of all operations: their fields are written out.
    add: (a, b) => {
      const bound = a.bound + b.bound;
      return {
        value: a.value + b.value,
        bound,
        roundings: Math.max(a.roundings, b.roundings) + 1,
        products: a.products + b.products,
        absolute: a.absolute + b.absolute,
        peak: Math.max(bound, a.peak, b.peak),
        unbounded: a.unbounded || b.unbounded,
        quantum: Math.min(a.quantum, b.quantum),
      };
    },
    // |âb̂ − ab| ≤ high(a)·error(b) + high(b)·error(a)
    multiply: (a, b) => {
      const value = a.value * b.value;
      const [highA, highB] = [high(a), high(b)];
      const bound = Math.max(Math.abs(value), times(highA, relative(b)) + times(highB, relative(a)));
      return {
        value,
        bound,
        roundings: Math.max(a.roundings, b.roundings) + 1,
        products: times(highA, b.products) + times(highB, a.products) + 1,
        absolute: times(highA, b.absolute) + times(highB, a.absolute),
        peak: Math.max(bound, a.peak, b.peak),
        unbounded: a.unbounded || b.unbounded,
        quantum: a.quantum + b.quantum,
      };
    },
    // By a quotient that is no number of the format it is either a division or a product with a rounded constant.
    scale: (a, p, q) => {
      const factor = Math.abs(p / q);
      const moves = factor !== 1;
      return {
        ...onTheWay(factor * a.bound, a),
        value: (a.value * p) / q,
        roundings: a.roundings + (isPowerOfTwo(factor) ? 0 : isPowerOfTwo(q) ? 1 : 2),
        products: factor * a.products + (moves ? 1 : 0),
        absolute: factor * a.absolute,
        quantum: a.quantum + quantumOf(p) + (isPowerOfTwo(q) ? -Math.log2(q) : Number.NEGATIVE_INFINITY),
      };
    },
    max: (a, b) => ({
      ...onTheWay(Math.max(a.bound, b.bound), a, b),
      value: Number.isNaN(a.value) || a.value >= b.value ? a.value : b.value,
      roundings: Math.max(a.roundings, b.roundings),
      products: Math.max(a.products, b.products),
      absolute: Math.max(a.absolute, b.absolute),
      quantum: Math.min(a.quantum, b.quantum),
    }),
    // |â/b̂ − a/b| ≤ (error(a) + |a/b|·error(b)) / |b̂|; it may be a product with the reciprocal, rounded twice.
    divide: (a, b) => {
      const value = a.value / b.value;
      const least = low(b);
      const vanishes = Number.isFinite(b.bound) && error(b) > 0 && !(least > 0);
      const quotient = high(a) / least;
      const each = (of: (side: Magnitude) => number) => times(1 / least, of(a)) + times(quotient / least, of(b));
      const bound = error(b) === 0 && b.value === 0 ? Number.NaN : Math.max(Math.abs(value), each(relative));
      const way = onTheWay(vanishes ? Math.abs(value) : bound, a, b);
      return {
        ...way,
        value,
        unbounded: way.unbounded || vanishes || overflows(a) || overflows(b),
        roundings: Math.max(a.roundings, b.roundings) + 2,
        products: each(({ products }) => products) + 1,
        absolute: each(({ absolute }) => absolute),
        quantum: Number.NEGATIVE_INFINITY,
      };
    },
    // |√â − √a| ≤ error(a) / 2√low(a), and never more than √error(a).
    sqrt: (a) => {
      const least = 2 * Math.sqrt(Math.max(low(a), 0));
      const most = Math.sqrt(error(a));
      const conditioned = least > 0 && error(a) / least <= most;
      const root = a.value < 0 ? Number.NaN : Math.sqrt(high(a));
      const way = onTheWay(Math.max(root, conditioned ? relative(a) / least : 0), a);
      return {
        ...way,
        value: Math.sqrt(a.value),
        unbounded: way.unbounded || overflows(a),
        roundings: (conditioned ? a.roundings : 0) + 1,
        products: conditioned ? a.products / least : 0,
        absolute: conditioned ? a.absolute / least : most,
        quantum: Number.NEGATIVE_INFINITY,
      };
    },
    compare: (a, b) => float64.compare(a.value, b.value),
  };
}

/** The bounds in the coarsest computation there is: safe in every other. */
export const magnitude: Arithmetic<Magnitude> = magnitudeIn({ dtype: "f16" });
