import { afterAll, describe, it } from "vitest";
import type { Backend } from "../../spec/index.ts";
import type { Check } from "../check.ts";

export interface HostOptions {
  /** Of every random draw; 1 unless given. */
  readonly seed?: number;
  /** What the backend may leave out: a call that it does not support fails the test unless this holds for it. */
  mayLack?(check: Check): boolean;
}

/**
 * Puts every check to a backend as a vitest test of its own: sharding, watching, filtering and
 * JUnit reports are vitest's. What the backend does not support is shown as skipped, with the reason.
 */
export function conforms(
  backend: Backend,
  checks: readonly Check[],
  { seed = 1, mayLack = () => true }: HostOptions = {},
): void {
  describe(backend.name, () => {
    afterAll(() => backend.close?.());
    for (const check of checks) {
      it(check.id, async (context) => {
        const verdict = await check.run(backend, seed);
        if (verdict.status === "unsupported" && mayLack(check)) return context.skip(verdict.reason);
        if (verdict.status === "pass") return;
        const { deviation, message } =
          verdict.status === "fail"
            ? verdict.failure
            : { deviation: undefined, message: verdict.status === "error" ? verdict.message : verdict.reason };
        const where =
          deviation &&
          `: ${deviation.output}[${deviation.index}] got ${deviation.got}, exact ${deviation.expected}, allowed ${deviation.allowed}`;
        throw new Error(`${check.clauses[0]}: ${message}${where ?? ""}`);
      });
    }
  });
}
