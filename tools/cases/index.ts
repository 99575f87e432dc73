import { activationCases, activationTyped } from "./activation.ts";
import type { CaseSpec, TypedCase } from "./case.ts";
import type { ConstraintCases } from "./constraints/case.ts";
import { gridPoolConstraints } from "./constraints/grid-pool.ts";
import { kernelConstraints } from "./constraints/kernel.ts";
import { kernelGradientConstraints } from "./constraints/kernel-gradient.ts";
import { layerConstraints } from "./constraints/layer.ts";
import { poolConstraints } from "./constraints/pool.ts";
import { poolGradientConstraints } from "./constraints/pool-gradient.ts";
import { transposeConstraints } from "./constraints/transpose.ts";
import { unsharedConstraints } from "./constraints/unshared.ts";
import { updateConstraints } from "./constraints/update.ts";
import { denseCases, denseTyped } from "./dense.ts";
import { gridPoolCases } from "./grid-pool.ts";
import { joinCases, joinTyped } from "./join.ts";
import { kernelCases } from "./kernel.ts";
import { kernelGradientCases } from "./kernel-gradient.ts";
import { normCases, normTyped } from "./norm.ts";
import { poolCases } from "./pool.ts";
import { poolGradientCases } from "./pool-gradient.ts";
import { specialCases } from "./special.ts";
import { specialGradientCases } from "./special-gradient.ts";
import { specialPoolCases } from "./special-pool.ts";
import { transposeCases } from "./transpose.ts";
import { unsharedCases } from "./unshared.ts";
import { updateCases, updateTyped } from "./update.ts";

/** Every case whose inputs are drawn. */
export const drawnCases: readonly CaseSpec[] = [
  ...kernelCases,
  ...kernelGradientCases,
  ...transposeCases,
  ...updateCases,
  ...poolCases,
  ...poolGradientCases,
  ...gridPoolCases,
  ...unsharedCases,
  ...activationCases,
  ...denseCases,
  ...normCases,
  ...joinCases,
];

/** Every case whose inputs are typed in. */
export const typedCases: readonly TypedCase[] = [
  ...specialCases,
  ...specialGradientCases,
  ...specialPoolCases,
  ...updateTyped,
  ...activationTyped,
  ...denseTyped,
  ...normTyped,
  ...joinTyped,
];

/** Every call that must be refused. */
export const constraintCases: readonly ConstraintCases[] = [
  ...kernelConstraints,
  ...kernelGradientConstraints,
  ...transposeConstraints,
  ...updateConstraints,
  ...poolConstraints,
  ...poolGradientConstraints,
  ...gridPoolConstraints,
  ...unsharedConstraints,
  ...layerConstraints,
];
