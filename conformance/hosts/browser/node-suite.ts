import type { TestProject } from "vitest/node";
import { loadFixtures } from "../../load-fixtures.ts";
import { digestOf } from "../../runner/digest.ts";
import { suite } from "../../suite.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The ids of every check of the suite as Node finds them, from the files. */
    readonly checkIds: readonly string[];
    /** The digest of that suite, fixtures included. */
    readonly digest: string;
  }
}

/** Tells the tests in the browser what the suite is where there are files: they must find the same. */
export default async ({ provide }: TestProject): Promise<void> => {
  const checks = await suite();
  provide(
    "checkIds",
    checks.map(({ id }) => id),
  );
  provide("digest", await digestOf(checks, loadFixtures()));
};
