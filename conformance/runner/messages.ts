import type { Kind } from "../check.ts";
import type { Capabilities, CheckRecord } from "../report/report.ts";

/** What holds the implementation: a module's URL or package name, or a command that speaks the protocol. */
export type Target =
  | { readonly type: "module"; readonly specifier: string }
  | { readonly type: "command"; readonly command: string };

/** A backend as the suite sees it once it is loaded. */
export interface Loaded {
  readonly name: string;
  readonly version: string | null;
  /** What it runs on, in one line. */
  readonly description: string | null;
  readonly capabilities: Capabilities;
}

/** What the supervisor tells a host process: load a backend, run checks on it one after the other, let it go. */
export type ToHost =
  | { readonly type: "load"; readonly target: Target; readonly suite: string; readonly kinds?: readonly Kind[] }
  | { readonly type: "run"; readonly ids: readonly string[]; readonly seed: number }
  | { readonly type: "close" };

/**
 * What a host process answers; `failed` comes before the cause of a failure is looked for, and `dying` just before the
 * process ends of itself: of an error that nobody caught, or because the command it runs has ended.
 */
export type FromHost =
  | { readonly type: "loaded"; readonly loaded: Loaded }
  | { readonly type: "refused"; readonly reason: string; readonly unavailable: boolean }
  | { readonly type: "failed" }
  | { readonly type: "verdict"; readonly record: CheckRecord }
  | { readonly type: "dying"; readonly uncaught?: string; readonly how?: string };
