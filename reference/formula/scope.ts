import type { MathNode } from "mathjs";
import type { Shape } from "../../spec/index.ts";
import type { Value } from "./value.ts";

/** A tensor as a formula reads it: 1-based indices, values row-major. */
export interface Stored {
  readonly shape: Shape;
  readonly values: readonly Value[];
  /** Where a formula defines it: that formula at a place. */
  readonly formula?: (index: readonly number[]) => { readonly expression: MathNode; readonly scope: Scope };
}

/** The current value of an index, which the loop over its range sets. */
export interface Index {
  value: number;
}

/** What the letters of a formula stand for. */
export interface Scope {
  /** Integers: attributes and extents. */
  readonly letters: Readonly<Record<string, number>>;
  /** Real numbers that stand in no tensor: attributes such as a learning rate, as they are stored. */
  readonly constants?: Readonly<Record<string, Value>>;
  readonly tensors: Readonly<Record<string, Stored>>;
  /** The indices of the left side and of the sums around. */
  readonly indices: Readonly<Record<string, Index>>;
}

/** The scope within a sum. */
export const within = (scope: Scope, indices: Readonly<Record<string, Index>>): Scope => ({
  ...scope,
  indices: { ...scope.indices, ...indices },
});
