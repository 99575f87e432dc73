import type { CaseSpec, TypedCase } from "./case.ts";
import type { ConstraintCases } from "./constraints/case.ts";
import { kernelConstraints } from "./constraints/kernel.ts";
import { poolConstraints } from "./constraints/pool.ts";
import { kernelCases } from "./kernel.ts";
import { poolCases } from "./pool.ts";
import { specialCases } from "./special.ts";

/** Every case whose inputs are drawn. */
export const drawnCases: readonly CaseSpec[] = [...kernelCases, ...poolCases];

/** Every case whose inputs are typed in. */
export const typedCases: readonly TypedCase[] = [...specialCases];

/** Every call that must be refused. */
export const constraintCases: readonly ConstraintCases[] = [...kernelConstraints, ...poolConstraints];
