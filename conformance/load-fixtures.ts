import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ConstraintFixture } from "./checks/constraint.ts";
import type { ExtentsFixture } from "./checks/extents.ts";
import type { Fixture } from "./fixture.ts";
import type { NetworkFixture } from "./network/fixture.ts";
import { packageRoot } from "./package.ts";

export interface Fixtures {
  readonly cases: readonly Fixture[];
  readonly extents: readonly ExtentsFixture[];
  readonly constraints: readonly ConstraintFixture[];
  readonly networks: readonly NetworkFixture[];
  /** Every file by its path below fixtures/, as text: what the digest is taken of. */
  readonly texts: ReadonlyMap<string, string>;
}

const directory = fileURLToPath(new URL("fixtures/", packageRoot));

const isSchema = (path: string): boolean => path.endsWith(".schema.json");

/** Every fixture of the package, in the order of their paths. */
export function loadFixtures(): Fixtures {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".json") && !isSchema(path))
    .sort();
  const texts = new Map(paths.map((path) => [path, readFileSync(`${directory}${path}`, "utf8")]));
  const matching = <T>(pattern: RegExp): T[] =>
    [...texts].filter(([path]) => pattern.test(path)).map(([, text]) => JSON.parse(text) as T);
  return {
    cases: matching<Fixture>(/^[^/]+\/(exact|real|special|notes)\//),
    extents: matching<ExtentsFixture>(/^shape\//),
    constraints: matching<ConstraintFixture>(/\/constraints\.json$/),
    networks: matching<NetworkFixture>(/^network\//),
    texts,
  };
}
