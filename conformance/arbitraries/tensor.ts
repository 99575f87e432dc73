import fc from "fast-check";
import { encode, exactly, rounded } from "../../reference/index.ts";
import {
  type DType,
  largestFinite,
  numberFormats,
  type Shape,
  sizeOf,
  smallestNormal,
  smallestSubnormal,
  type Tensor,
} from "../../spec/index.ts";

/**
 * What the elements of a drawn tensor are like. exact: integers, so that every order of summation
 * gives the same bits. real: rounding errors arise. special: a few elements are NaN, infinite, −0 or
 * subnormal. extreme: at both ends of the format's range. small: real, below 10^−11, but such that no
 * square is subnormal. patterned: all zero, all equal, mostly zero: what invites a shortcut. The others
 * are real data that is hard to add up.
 */
export type Values = "exact" | "real" | "special" | "extreme" | "small" | "patterned" | Adversarial;

/** Data sets on which sums of products go wrong first. */
export const adversarial = [
  "positive",
  "cancelling",
  "outweighed",
  "spread",
  "near-overflow",
  "zeros-beside-huge",
] as const;
export type Adversarial = (typeof adversarial)[number];

/** Integers small enough that no sum of a drawn call leaves the exact range. */
const integer = fc.integer({ min: -7, max: 9 });

/** Positive numbers of a format with a full significand and an exponent of a range. */
const positive = (dtype: DType, low: number, high: number): fc.Arbitrary<number> => {
  const { precision } = numberFormats[dtype];
  const half = 2 ** (precision - 1);
  return fc
    .tuple(fc.maxSafeInteger().map(Math.abs), fc.integer({ min: low, max: high }))
    .map(([digits, exponent]) => (half + (digits % half)) * 2 ** (exponent - precision + 1));
};

const signed = (magnitudes: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.tuple(fc.boolean(), magnitudes).map(([negative, magnitude]) => (negative ? -magnitude : magnitude));

/** Elements at the lower end of a format's range, and at its upper end. */
const tiny = (dtype: DType): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constant(smallestSubnormal(dtype)),
    fc.constant(smallestNormal(dtype)),
    fc.integer({ min: 1, max: 999 }).map((steps) => steps * smallestSubnormal(dtype)),
  );
const huge = (dtype: DType): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constant(largestFinite(dtype)),
    fc.integer({ min: 1, max: 200 }).map((n) => largestFinite(dtype) / n),
  );

/**
 * What replaces an element of an ordinary tensor. Nothing huge: a product that overflows beside an infinity is NaN, where
 * the exact one is finite and the sum infinite.
 */
const special = (dtype: DType): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0), signed(tiny(dtype)));

/** Elements of each kind. Exponents stay within half the format's range, so that products stay in all of it. */
function element(dtype: DType, values: Exclude<Values, "special" | "extreme" | "patterned">): fc.Arbitrary<number> {
  const { precision, maxExponent } = numberFormats[dtype];
  const half = Math.floor(maxExponent / 2);
  const ordinary = signed(positive(dtype, -4, 3));
  switch (values) {
    case "exact":
      return integer;
    case "real":
      return ordinary;
    case "small":
      return signed(positive(dtype, -44, -37));
    case "positive":
      return positive(dtype, -4, 3);
    case "cancelling":
      // Products of these differ in their last digits only, and those are what is left.
      return signed(fc.constantFrom(1, 1 + 2 ** (1 - precision), 1 - 2 ** -precision));
    case "outweighed":
      return fc.oneof({ arbitrary: ordinary, weight: 7 }, signed(positive(dtype, half - 4, half - 4)));
    case "spread":
      return signed(positive(dtype, -half + 3, half - 4));
    case "near-overflow":
      return signed(positive(dtype, half - 1, half - 1));
    case "zeros-beside-huge":
      return fc.oneof(fc.constant(0), signed(positive(dtype, half - 3, half - 3)));
  }
}

/** As many elements as a tensor has. */
function drawnElements(dtype: DType, size: number, values: Values): fc.Arbitrary<number[]> {
  const each = (drawn: fc.Arbitrary<number>) => fc.array(drawn, { minLength: size, maxLength: size });
  const zeroOr = (drawn: fc.Arbitrary<number>, zeros: number) =>
    fc.oneof({ arbitrary: fc.constant(0), weight: zeros }, { arbitrary: drawn, weight: 1 });
  switch (values) {
    case "special": {
      // Few, so that what they reach can be told from what they do not.
      const few = fc.array(fc.tuple(fc.nat(Math.max(0, size - 1)), special(dtype)), { minLength: 1, maxLength: 2 });
      const replaced = fc
        .tuple(each(fc.oneof(integer, zeroOr(integer, 3))), few)
        .map(([elements, others]) => elements.map((value, at) => others.find(([place]) => place === at)?.[1] ?? value));
      return fc.oneof({ arbitrary: replaced, weight: 3 }, each(zeroOr(integer, 3)));
    }
    case "extreme":
      return fc.oneof(
        each(signed(tiny(dtype))),
        each(signed(huge(dtype))),
        each(huge(dtype).map((value) => -value)),
        each(fc.oneof(signed(tiny(dtype)), signed(huge(dtype)), element(dtype, "real"))),
      );
    case "patterned":
      return fc.oneof(
        each(fc.constant(0)),
        element(dtype, "real").chain((value) => each(fc.constant(value))),
        each(zeroOr(element(dtype, "real"), 4)),
        each(element(dtype, "real")),
      );
    default:
      return each(element(dtype, values));
  }
}

/** Sets the sign of every NaN at an odd place: a kernel may know NaN by its bits, and then it must know both. */
function signNaNs({ dtype, data }: Tensor): void {
  if (dtype !== "f32") return;
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let at = 1; at < data.length; at += 2) if (Number.isNaN(data[at])) bits[at] = 0xffc0_0000;
}

/** A stored tensor of a shape. */
export const drawnTensor = (dtype: DType, shape: Shape, values: Values): fc.Arbitrary<Tensor> =>
  drawnElements(dtype, sizeOf(shape), values).map((drawn) => {
    const stored = encode(
      dtype,
      shape,
      drawn.map((value) => (Number.isFinite(value) && value !== 0 ? rounded(exactly(value), dtype) : value)),
    );
    signNaNs(stored);
    return stored;
  });
