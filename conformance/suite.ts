import type { Check } from "./check.ts";

/** Every check of the suite, in the order in which they run. */
export async function suite(): Promise<readonly Check[]> {
  return [];
}
