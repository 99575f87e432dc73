import type { StoredInputs } from "../reference/index.ts";
import type { AttributesOf, Backend, ClauseId, DType, OperatorName, Tensor } from "../spec/index.ts";

/** What a check looks at; see the spec's page on checks. */
export const kinds = ["case", "law", "gradient", "constraint", "state", "size"] as const;
export type Kind = (typeof kinds)[number];

/** One call of a backend, ready to be made. */
export interface Invocation<N extends OperatorName = OperatorName> {
  readonly operator: N;
  readonly inputs: StoredInputs;
  readonly attributes: AttributesOf<N>;
}

/** The first element that is wrong, and what made it. */
export interface Deviation {
  readonly output: string;
  readonly index: readonly number[];
  readonly got: number;
  readonly expected: number;
  /** The largest |got − expected| that would pass. */
  readonly allowed: number;
  /** How many elements of the output are wrong, of how many. */
  readonly wrong: number;
  readonly of: number;
}

/** Why a check failed: what a person needs to find the mistake. */
export interface Failure {
  /** One line: what was wrong. */
  readonly message: string;
  readonly deviation?: Deviation;
  /** The call whose result was wrong, where one call shows it. */
  readonly invocation?: Invocation;
  /** What the backend gave for that call: what a diagnosis starts from. */
  readonly observed?: Readonly<Record<string, Tensor>>;
}

/**
 * pass: held, with the largest error as a fraction of what is allowed.
 * fail: the backend's result is wrong. unsupported: the backend says that it does not implement this.
 * error: no result to judge, because the backend threw, hung, or exited.
 */
export type Verdict =
  | { readonly status: "pass"; readonly margin: number }
  | { readonly status: "fail"; readonly failure: Failure; readonly margin?: number }
  | { readonly status: "unsupported"; readonly reason: string }
  | { readonly status: "error"; readonly message: string; readonly invocation?: Invocation };

export type Status = Verdict["status"];

/** A question that can be put to any backend. It knows no test runner. */
export interface Check {
  /** operator/…/name@dtype, unique in the suite. */
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly operator: OperatorName;
  readonly kind: Kind;
  readonly dtype: DType;
  /** @param seed of every random draw the check makes */
  run(backend: Backend, seed: number): Promise<Verdict>;
}

/** A module that exports the checks of a suite, all of them or those of some kinds. */
export interface SuiteModule {
  suite(kinds?: readonly Kind[]): Promise<readonly Check[]>;
}
