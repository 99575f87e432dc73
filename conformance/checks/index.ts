import type { Check } from "../check.ts";
import type { Fixtures } from "../fixtures.ts";
import { caseCheck } from "./case.ts";
import { constraintChecks } from "./constraint.ts";
import { extentsChecks } from "./extents.ts";
import { gradientChecks } from "./gradient.ts";
import { lawChecks } from "./law.ts";
import { networkChecks } from "./network.ts";
import { sizeChecks } from "./size.ts";
import { stateChecks } from "./state.ts";

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
