import type { ConstraintFixture } from "./checks/constraint.ts";
import type { ExtentsFixture } from "./checks/extents.ts";
import type { Fixture } from "./fixture.ts";
import type { NetworkFixture } from "./network/fixture.ts";

export interface Fixtures {
  readonly cases: readonly Fixture[];
  readonly extents: readonly ExtentsFixture[];
  readonly constraints: readonly ConstraintFixture[];
  readonly networks: readonly NetworkFixture[];
  /** Every file by its path below fixtures/, as text: what the digest is taken of. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The fixtures by what they are, from their texts by path, wherever those were read. */
export function fixturesOf(texts: ReadonlyMap<string, string>): Fixtures {
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
