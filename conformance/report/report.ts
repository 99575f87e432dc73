import type { Backend, ClauseId, DType, OperatorName } from "../../spec/index.ts";
import type { Kind, Status } from "../check.ts";
import type { Fixture, JsonNumber } from "../fixture.ts";

/** The part of one input tensor that a wrong element depends on: the smallest box around it. */
export interface WindowRecord {
  readonly tensor: string;
  /** The first and the last index of the box, both included. */
  readonly begin: readonly number[];
  readonly end: readonly number[];
  /** Row-major; null where the box holds an element that does not contribute. Absent for a very large box. */
  readonly values?: readonly (JsonNumber | null)[];
}

/** The first wrong element. */
export interface DeviationRecord {
  readonly output: string;
  readonly index: readonly number[];
  readonly got: JsonNumber;
  readonly expected: JsonNumber;
  readonly allowed: JsonNumber;
  readonly wrong: number;
  readonly of: number;
}

/** The call that gave the wrong result, without its data: the check draws or reads that again. */
export interface CallRecord {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** The attributes that are not at their defaults. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface FailureRecord {
  readonly deviation?: DeviationRecord;
  readonly window?: readonly WindowRecord[];
  readonly call?: CallRecord;
  /** The call that broke a law, shrunk, as a fixture. */
  readonly counterexample?: Fixture;
  /** The faults of the zoo that give this very result; absent where they were not looked for. */
  readonly matches?: readonly string[];
  /** The likeliest of them over all failures of the operator, in words. */
  readonly looksLike?: string;
}

/** One check put to one backend. */
export interface CheckRecord {
  readonly id: string;
  readonly clauses: readonly ClauseId[];
  readonly operator: OperatorName;
  readonly kind: Kind;
  readonly dtype: DType;
  readonly status: Status;
  /** The largest error as a fraction of what is allowed; null where nothing was compared. */
  readonly margin: JsonNumber | null;
  /** What went wrong, or what is unsupported, in one line. */
  readonly message?: string;
  readonly failure?: FailureRecord;
}

/** How many checks came out how. */
export type Summary = Readonly<Record<Status, number>>;

/** What a backend says of itself. */
export interface Capabilities {
  readonly dtypes: readonly DType[];
  readonly operators: readonly OperatorName[];
  readonly declares: NonNullable<Backend["declares"]>;
}

export interface BackendReport {
  readonly name: string;
  /** As the user named it: a path, a package, one of our names, or a command. */
  readonly module: string;
  /** Whether it is a process that speaks the protocol, and `module` the command that starts it. */
  readonly command: boolean;
  readonly version: string | null;
  /** What it runs on, in one line, as it says itself. */
  readonly description: string | null;
  /** Whether its failures are shown but decide nothing. */
  readonly observed: boolean;
  readonly capabilities: Capabilities;
  readonly summary: Summary;
  readonly checks: readonly CheckRecord[];
}

/** A backend that did not get as far as its first check. */
export interface NotLoaded {
  readonly module: string;
  readonly observed: boolean;
  /** Whether what it runs on is not there, such as a GPU: no mistake of the caller's. */
  readonly unavailable: boolean;
  readonly reason: string;
}

/** A run of the suite: what report.json holds. Its schema is conformance/report.schema.json. */
export interface Report {
  /** Of convspec. */
  readonly version: string;
  /** What ran the checks: Node or a browser, with its version. */
  readonly host: string;
  readonly suite: { readonly digest: string; readonly checks: number; readonly selected: number };
  readonly seed: number;
  /** ISO 8601. */
  readonly started: string;
  readonly wallSeconds: number;
  /** Whether the run was stopped before its last check. */
  readonly interrupted: boolean;
  /** What failed beside the checks, a line each: a manifest that is not met, a required backend that is missing. */
  readonly problems: readonly string[];
  readonly backends: readonly BackendReport[];
  readonly notLoaded: readonly NotLoaded[];
}

/** Counts records by how they came out. */
export function summarise(checks: readonly CheckRecord[]): Summary {
  const summary = { pass: 0, fail: 0, unsupported: 0, error: 0 };
  for (const { status } of checks) summary[status] += 1;
  return summary;
}
