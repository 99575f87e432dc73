import type { OperatorName, Shape } from "../../../spec/index.ts";

/** The shape of each input of a call; the format is f32 unless given. */
export type CallShapes = Readonly<Record<string, { readonly shape: Shape; readonly dtype?: "f16" | "f64" }>>;

/** One change of the valid call that makes it violate a constraint. Inputs set to undefined are left out. */
export interface Violation {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, { readonly shape: Shape; readonly dtype?: "f16" | "f64" } | undefined>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface ConstraintCases {
  readonly operator: OperatorName;
  readonly inputs: CallShapes;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly violations: readonly Violation[];
}
