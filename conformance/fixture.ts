import { encode } from "../reference/index.ts";
import type { ClauseId, DType, OperatorName, Shape, Tensor } from "../spec/index.ts";

/** A number in JSON: what JSON cannot write stands as a word. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity" | "-0";

export interface FixtureTensor {
  readonly shape: Shape;
  /** Row-major. */
  readonly values: readonly JsonNumber[];
}

/** An output, exact and rounded once; for data that is not exact, with what bounds its error. */
export interface FixtureOutput extends FixtureTensor {
  /** Σ|x||w| of each element. */
  readonly bound?: readonly number[];
  /** The roundings n of each element, as in γ(n). */
  readonly roundings?: readonly number[];
}

export type FixtureOutputs = Readonly<Record<string, FixtureOutput>>;

/** exact: every partial sum is representable. real: rounding errors arise. special: NaN, ±∞, −0, subnormals. */
export type DataKind = "exact" | "real" | "special";

/** A case as data, readable by any language; its schema is fixtures/case.schema.json. */
export interface Fixture {
  readonly $schema: string;
  /** The program that wrote the file, or the notes it was typed from. */
  readonly origin: string;
  readonly id: string;
  readonly title: string;
  readonly operator: OperatorName;
  readonly clauses: readonly ClauseId[];
  readonly data: DataKind;
  /** The formats the case is to be run in: the outputs are the same numbers in all of them. */
  readonly dtypes: readonly DType[];
  /** The seed of the inputs, drawn with the case id; absent where they are typed in. */
  readonly seed?: number;
  readonly attributes: object;
  readonly inputs: Readonly<Record<string, FixtureTensor>>;
  readonly outputs: FixtureOutputs;
  /** Where a clause permits several results: the other ones, each under the choice a backend declares for it. */
  readonly permitted?: readonly {
    readonly choice: Readonly<Record<string, string>>;
    readonly outputs: FixtureOutputs;
  }[];
}

export const fromJson = (value: JsonNumber): number => Number(value);

export const toJson = (value: number): JsonNumber =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? "-0" : (String(value) as JsonNumber);

/** The stored tensor of a fixture in one of its formats. */
export const stored = (dtype: DType, { shape, values }: FixtureTensor): Tensor =>
  encode(dtype, shape, values.map(fromJson));
