import { type Backend, declarationOf } from "../../spec/index.ts";
import type { Check } from "../check.ts";
import { conforms } from "./vitest.ts";

/** The checks of a suite that one of our backends must pass: all but the large ones, in the formats it takes. */
export const ownOf = (checks: readonly Check[], { dtypes = ["f32"] }: Backend): readonly Check[] =>
  checks.filter(({ kind, dtype }) => kind !== "size" && dtypes.includes(dtype));

/**
 * Holds a backend against a suite in vitest. Of its own checks it may only lack a choice of threads; and where correlation
 * may be a transform, what is allowed for it is too wide to tell which way a ReLU of a network goes: such a network is
 * not held, and says so.
 */
export function holdTo(checks: readonly Check[], backend: Backend): void {
  const transforms = declarationOf(backend, "correlate").algorithm === "transform";
  const mayLack = ({ id }: Check): boolean =>
    (backend.withThreads === undefined && id.includes("/state/threads")) || (transforms && id.startsWith("network/"));
  conforms(backend, ownOf(checks, backend), { mayLack });
}
