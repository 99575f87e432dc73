import { slidingElement } from "./direct.ts";
import { rowsWanted, type Wanted } from "./engine/block.ts";
import type { Plan } from "./plan.ts";
import type { Counts, Numbers, Side, Sliding, Triple } from "./problem.ts";

/** The unit roundoff of double precision. */
const u = 2 ** -53;

/**
 * The largest error of an element of a product of spectra in double precision, in units of ‖a‖₂‖k‖₂ over the channels:
 * three transforms, each within 6.7·u·log₂P of exact in the 2-norm (Higham, Accuracy and Stability, theorem 24.2), the
 * separation of real spectra, the factor 1/P, and the sum over the channels; a hundredth for what the norms are off.
 */
export const transformError = (extents: Triple, { channels }: Counts): number =>
  1.01 * (20.1 * Math.log2(Math.max(2, extents[0] * extents[1] * extents[2])) + 16 + channels) * u;

/**
 * How small the error of a value must be beside it, so that rounding to single precision leaves it within the bound
 * of a direct sum, Σ|a||k| being no smaller than |value|; and so that it is the nearest number where the exact sum
 * is one: half a unit in its last place is at least 2^−25 of it.
 */
const least = 2 ** -25;

const bits = new DataView(new ArrayBuffer(4));

/** The exponent of the lowest bit that is set in a number of single precision; of zero, +∞. */
export function lowestBit(value: number): number {
  if (value === 0) return Number.POSITIVE_INFINITY;
  bits.setFloat32(0, value);
  const word = bits.getUint32(0);
  const exponent = (word >>> 23) & 0xff;
  const digits = (word & 0x7fffff) | (exponent === 0 ? 0 : 0x800000);
  return Math.max(exponent, 1) - 150 + (31 - Math.clz32(digits & -digits));
}

/** The lowest bit of all numbers of a part of a tensor, or some number below `enough` where it is lower than that. */
function lowestOf(data: Numbers, from: number, count: number, enough: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = from; at < from + count && lowest >= enough; at++) lowest = Math.min(lowest, lowestBit(data[at]));
  return lowest;
}

/** Which sum a result belongs to, and how it was made. */
export interface Result {
  readonly n: number;
  readonly g: number;
  readonly o: number;
  readonly bias: number;
  /** ‖a‖₂‖k‖₂ */
  readonly error: number;
  /** What the numbers of the block are to be multiplied by. */
  readonly factor: number;
}

export interface Certificate {
  /** Writes what is wanted of a block: each value that is proved accurate, and the direct sum for each that is not. */
  write(
    numbers: Numbers,
    first: number,
    wanted: Wanted,
    out: { readonly data: Numbers; readonly base: number; readonly extents: Triple; readonly to: Triple },
    result: Result,
  ): void;
}

/**
 * Holds every value against the error its block may have. Where all inputs are multiples of powers of two whose
 * product 2^t is more than twice that error, the exact sum is the multiple of 2^t nearest to the value.
 */
export function certify(problem: Sliding, { extents }: Plan): Certificate {
  const { A, B, counts } = problem;
  const relative = transformError(extents, counts);
  const quanta = new Map<string, number>();
  const size = ({ extents: [x, y, z] }: Side): number => x * y * z;

  /** The exponent of a power of two that all terms of a sum are multiples of; −∞ where it is not worth knowing. */
  const quantumOf = (n: number, g: number, o: number, enough: number): number => {
    const remembered = (name: string, side: Side, base: number, floor: number): number => {
      const known = quanta.get(name);
      if (known !== undefined) return known;
      let lowest = Number.POSITIVE_INFINITY;
      for (let c = 0; c < counts.channels && lowest >= floor; c++)
        lowest = Math.min(lowest, lowestOf(side.data, base + c * side.strides[2], size(side), floor));
      // A search that was given up says nothing to a block that asks for less.
      const found = lowest < floor ? Number.NEGATIVE_INFINITY : lowest;
      quanta.set(name, found);
      return found;
    };
    const base = g * B.strides[0] + o * B.strides[1];
    const kernel = remembered(`k ${g} ${o}`, B, base, Number.NEGATIVE_INFINITY);
    const input = remembered(`a ${n} ${g}`, A, n * A.strides[0] + g * A.strides[1], enough - kernel);
    return kernel + input;
  };

  return {
    write: (numbers, first, wanted, out, { n, g, o, bias, error, factor }) => {
      const [, L1, L2] = extents;
      const [rows0, rows1] = rowsWanted(extents, wanted);
      const bound = relative * error;
      const trusted = bound / least;
      let quantum: number | undefined;
      for (let i0 = 0; i0 < rows0.length; i0++)
        for (let i1 = 0; i1 < rows1.length; i1++) {
          const row = first + (rows0[i0] * L1 + rows1[i1]) * L2;
          const q0 = out.to[0] + i0;
          const q1 = out.to[1] + i1;
          const to = out.base + (q0 * out.extents[1] + q1) * out.extents[2] + out.to[2];
          for (let i2 = 0; i2 < wanted.count[2]; i2++) {
            const value = numbers[row + ((wanted.begin[2] + i2 * wanted.step[2]) % L2)] * factor;
            const total = value + bias;
            if (bound === 0 || (Math.abs(value) > trusted && Math.abs(total) > trusted)) {
              out.data[to + i2] = total;
              continue;
            }
            quantum ??= quantumOf(n, g, o, Math.log2(bound) + 1);
            out.data[to + i2] =
              bound < 2 ** (quantum - 1)
                ? Math.round(value / 2 ** quantum) * 2 ** quantum + bias
                : slidingElement(problem, n, g, o, [q0, q1, out.to[2] + i2]) + bias;
          }
        }
    },
  };
}
