import { type Check, kinds as everyKind, type Kind } from "../check.ts";
import type { Fixtures } from "../fixtures.ts";
import { caseCheck } from "./case.ts";
import { constraintChecks } from "./constraint.ts";
import { extentsChecks } from "./extents.ts";
import { networkChecks } from "./network.ts";

const fromFixtures = ({ cases, extents, constraints, networks }: Fixtures): readonly Check[] => [
  ...cases.flatMap((fixture) => fixture.dtypes.map((dtype) => caseCheck(fixture, dtype))),
  ...extents.flatMap(extentsChecks),
  ...constraints.flatMap(constraintChecks),
  ...networks.flatMap(networkChecks),
];

/** Those that no fixture gives. They are loaded where they are asked for: laws bring the arbitraries with them. */
const drawn = {
  law: async () => (await import("./law.ts")).lawChecks,
  gradient: async () => (await import("./gradient.ts")).gradientChecks,
  state: async () => (await import("./state.ts")).stateChecks,
  size: async () => (await import("./size.ts")).sizeChecks,
} satisfies Partial<Record<Kind, () => Promise<readonly Check[]>>>;

/** Every check of some kinds that follows from the fixtures, and every law, in the order in which they run. */
export async function checksOf(fixtures: Fixtures, kinds: readonly Kind[] = everyKind): Promise<readonly Check[]> {
  const asked = Object.entries(drawn).filter(([kind]) => kinds.includes(kind as Kind));
  const others = await Promise.all(asked.map(([, load]) => load()));
  return [...fromFixtures(fixtures).filter(({ kind }) => kinds.includes(kind)), ...others.flat()];
}
