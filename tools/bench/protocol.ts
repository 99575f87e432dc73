import type { Cell } from "./cell.ts";

/** What the parent asks of the process of an engine; one question at a time. */
export type Request =
  | { readonly type: "load"; readonly engine: string; readonly threads: number }
  | { readonly type: "prepare"; readonly cell: Cell; readonly positions: readonly number[] }
  | { readonly type: "warm"; readonly ms: number }
  | { readonly type: "run"; readonly calls: number }
  | { readonly type: "roundTrip" }
  | { readonly type: "release" }
  | { readonly type: "close" };

export interface Loaded {
  readonly version: string;
  /** How many threads it runs on, which may be fewer than asked for. */
  readonly threads: number;
}

export interface FirstCall {
  /** Milliseconds from the inputs to the first result: packing, compiling, the call itself. */
  readonly firstMs: number;
  /** The elements at the positions asked for. */
  readonly values: readonly number[];
}

export interface Warmed {
  /** Milliseconds of the last call. */
  readonly ms: number;
}

export interface Timed {
  /** Milliseconds of all calls together. */
  readonly ms: number;
  /** The largest resident memory so far, in MiB, where it is known. */
  readonly peakMiB?: number;
}

export interface RoundTrip {
  /** Milliseconds from arrays to an array: upload, call and read-back; of engines whose tensors are elsewhere. */
  readonly ms?: number;
}

/** What a process answers: the result, or why there is none. */
export type Answer<T> =
  | { readonly ok: T }
  | { readonly unsupported: string }
  | { readonly absent: string }
  | { readonly error: string };

export interface Answers {
  readonly load: Loaded;
  readonly prepare: FirstCall;
  readonly warm: Warmed;
  readonly run: Timed;
  readonly roundTrip: RoundTrip;
  readonly release: true;
  readonly close: true;
}
