import fc from "fast-check";
import { encode, exactly, rounded } from "../../reference/index.ts";
import { type DType, numberFormats, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";

/**
 * What the elements of a drawn tensor are like. exact: integers, so that every order of summation
 * gives the same bits. real: rounding errors arise. The others are real data that is hard to add up.
 */
export type Values = "exact" | "real" | Adversarial;

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

/** Elements of each kind. Exponents stay within half the format's range, so that products stay in all of it. */
function element(dtype: DType, values: Values): fc.Arbitrary<number> {
  const { precision, maxExponent } = numberFormats[dtype];
  const half = Math.floor(maxExponent / 2);
  const ordinary = signed(positive(dtype, -4, 3));
  switch (values) {
    case "exact":
      return integer;
    case "real":
      return ordinary;
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

/** A stored tensor of a shape. */
export const drawnTensor = (dtype: DType, shape: Shape, values: Values): fc.Arbitrary<Tensor> =>
  fc.array(element(dtype, values), { minLength: sizeOf(shape), maxLength: sizeOf(shape) }).map((drawn) =>
    encode(
      dtype,
      shape,
      drawn.map((value) => rounded(exactly(value), dtype)),
    ),
  );
