import type { DataKind, JsonNumber } from "../../conformance/fixture.ts";
import type { AttributesOf, ClauseId, DType, OperatorName, Shape } from "../../spec/index.ts";

/** A case before its inputs are drawn: what the fixture generator turns into a file. */
export interface CaseSpec<N extends OperatorName = OperatorName> {
  readonly operator: N;
  /** The last part of the id: operator/data/name. */
  readonly name: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly data: Exclude<DataKind, "special">;
  /** The format of real data; exact data goes into every format that holds it. */
  readonly dtype?: DType;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** The inputs that are drawn without a sign, such as a variance. */
  readonly positive?: readonly string[];
  readonly attributes: Partial<AttributesOf<N>>;
}

/** A case with its inputs typed in: special values, or a worked example. */
export interface TypedCase<N extends OperatorName = OperatorName> {
  readonly operator: N;
  readonly name: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly dtypes: readonly DType[];
  readonly inputs: Readonly<Record<string, { readonly shape: Shape; readonly values: readonly JsonNumber[] }>>;
  readonly attributes: Partial<AttributesOf<N>>;
}
