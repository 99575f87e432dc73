import fc from "fast-check";
import { encode } from "../../reference/index.ts";
import { type DType, numberFormats, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";

/** Integers small enough that no sum of a drawn call leaves the exact range. */
const integer = fc.integer({ min: -7, max: 9 });

/** Numbers of a format with a full significand, from 2^−4 to 2^4. */
const real = (dtype: DType): fc.Arbitrary<number> => {
  const { precision } = numberFormats[dtype];
  const high = 2 ** (precision - 1);
  return fc
    .tuple(fc.boolean(), fc.maxSafeInteger().map(Math.abs), fc.integer({ min: -4, max: 3 }))
    .map(
      ([negative, digits, exponent]) =>
        (negative ? -1 : 1) * (high + (digits % high)) * 2 ** (exponent - precision + 1),
    );
};

/** exact: integers, so that every order of summation gives the same bits. real: rounding errors arise. */
export type Values = "exact" | "real";

/** A stored tensor of a shape. */
export const drawnTensor = (dtype: DType, shape: Shape, values: Values): fc.Arbitrary<Tensor> =>
  fc
    .array(values === "exact" ? integer : real(dtype), { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((drawn) => encode(dtype, shape, drawn));
