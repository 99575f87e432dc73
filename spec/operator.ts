import type { ClauseId } from "./clause.ts";
import { ConstraintError } from "./errors.ts";
import type { Shape, TensorType } from "./tensor.ts";

/** The names and attributes of one operator, as types. */
export interface OperatorTypes {
  inputs: string;
  /** Inputs that may be left out. */
  optional: string;
  attributes: object;
  outputs: string;
}

export type InputTypes<T extends OperatorTypes> = { readonly [name in T["inputs"]]: TensorType } & {
  readonly [name in T["optional"]]?: TensorType;
};

/** A call before it is computed: the types of the inputs and the attributes, all of them present. */
export interface Call<T extends OperatorTypes = OperatorTypes> {
  readonly inputs: InputTypes<T>;
  readonly attributes: T["attributes"];
}

export type ConstraintId = `${ClauseId}.C${number}`;

/** A predicate on calls that every conforming implementation enforces by an error. */
export interface Constraint<T extends OperatorTypes = OperatorTypes> {
  readonly id: ConstraintId;
  readonly statement: string;
  /** What is wrong with the call, naming the value and what was expected; undefined when nothing is. */
  violation(call: Call<T>): string | undefined;
}

/** The signature of an operator. It computes shapes, never values. */
export interface Operator<T extends OperatorTypes = OperatorTypes> {
  readonly name: string;
  /** The clauses that define it, the defining formula first. */
  readonly clauses: readonly ClauseId[];
  readonly inputs: readonly (T["inputs"] | T["optional"])[];
  readonly optional: readonly T["optional"][];
  readonly outputs: readonly T["outputs"][];
  /** The attributes with every one that was left out at its default. */
  complete(inputs: InputTypes<T>, attributes: Partial<T["attributes"]>): T["attributes"];
  /** In order: each may rely on those before it. */
  readonly constraints: readonly Constraint<T>[];
  /** The shapes of the outputs of a call that meets the constraints. */
  shapes(call: Call<T>): { readonly [name in T["outputs"]]: Shape };
}

/**
 * Holds a call against the constraints of an operator.
 * @throws {ConstraintError} for the first constraint that is violated
 */
export function check<T extends OperatorTypes>(operator: Operator<T>, call: Call<T>): void {
  for (const { id, violation } of operator.constraints) {
    const message = violation(call);
    if (message !== undefined) throw new ConstraintError(id, message);
  }
}
