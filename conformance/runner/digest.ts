import { createHash } from "node:crypto";
import type { Check } from "../check.ts";
import { loadFixtures } from "../load-fixtures.ts";

/** SHA-256 over the ids of the checks and the text of every fixture: the same wherever the same suite is. */
export function digestOf(checks: readonly Check[]): string {
  const hash = createHash("sha256");
  for (const { id } of checks) hash.update(`${id}\n`);
  for (const [path, text] of loadFixtures().texts) hash.update(`${path}\n${text.replaceAll("\r\n", "\n")}\n`);
  return hash.digest("hex");
}
