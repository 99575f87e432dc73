import type { Backend } from "../../spec/index.ts";
import type { Check } from "../check.ts";
import { conforms } from "./vitest.ts";

/** The checks of a suite that one of our backends must pass: all but the large ones, in the formats it takes. */
export const ownOf = (checks: readonly Check[], { dtypes = ["f32"] }: Backend): readonly Check[] =>
  checks.filter(({ kind, dtype }) => kind !== "size" && dtypes.includes(dtype));

/** Holds a backend against a suite in vitest. Of its own checks it may only lack a choice of threads. */
export function holdTo(checks: readonly Check[], backend: Backend): void {
  const mayLack = ({ id }: Check): boolean => backend.withThreads === undefined && id.includes("/state/threads");
  conforms(backend, ownOf(checks, backend), { mayLack });
}
