import type { Check } from "./check.ts";
import { caseCheck } from "./checks/case.ts";
import { constraintChecks } from "./checks/constraint.ts";
import { extentsChecks } from "./checks/extents.ts";
import { gradientChecks } from "./checks/gradient.ts";
import { lawChecks } from "./checks/law.ts";
import { networkChecks } from "./checks/network.ts";
import { sizeChecks } from "./checks/size.ts";
import { stateChecks } from "./checks/state.ts";
import { type Fixtures, loadFixtures } from "./load-fixtures.ts";

/** Every check that follows from the fixtures, and every law, in the order in which they run. */
export const checksOf = ({ cases, extents, constraints, networks }: Fixtures): readonly Check[] => [
  ...cases.flatMap((fixture) => fixture.dtypes.map((dtype) => caseCheck(fixture, dtype))),
  ...extents.flatMap(extentsChecks),
  ...constraints.flatMap(constraintChecks),
  ...networks.flatMap(networkChecks),
  ...lawChecks,
  ...gradientChecks,
  ...stateChecks,
  ...sizeChecks,
];

/** Every check of the suite, in the order in which they run. */
export const suite = async (): Promise<readonly Check[]> => checksOf(loadFixtures());
