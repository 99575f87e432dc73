import { createHash } from "node:crypto";
import type { Check } from "../check.ts";

/** SHA-256 over the ids of the checks: the same wherever the same suite is. */
export function digestOf(checks: readonly Check[]): string {
  const hash = createHash("sha256");
  for (const { id } of checks) hash.update(`${id}\n`);
  return hash.digest("hex");
}
