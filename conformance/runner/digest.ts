import type { Check } from "../check.ts";
import type { Fixtures } from "../fixtures.ts";

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

/** SHA-256 over the ids of the checks and the text of every fixture: the same wherever the same suite is. */
export async function digestOf(checks: readonly Check[], { texts }: Pick<Fixtures, "texts">): Promise<string> {
  const lines = [
    ...checks.map(({ id }) => `${id}\n`),
    ...[...texts].map(([path, text]) => `${path}\n${text.replaceAll("\r\n", "\n")}\n`),
  ];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines.join("")));
  return Array.from(new Uint8Array(digest), hex).join("");
}
