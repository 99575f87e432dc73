import type { OperatorName } from "../../../spec/index.ts";
import { batchNormPlans } from "./batch-norm.ts";
import { densePlans } from "./dense.ts";
import { elementwisePlans } from "./elementwise.ts";
import { kernelPlans } from "./kernel.ts";
import type { Plan } from "./plan.ts";
import { poolPlans } from "./pool.ts";
import { poolGradientPlans } from "./pool-gradient.ts";
import { sumPlans } from "./sums.ts";
import { unsharedPlans } from "./unshared.ts";

/** How each operator is computed on a device. */
export const plans: { readonly [N in OperatorName]: Plan<N> } = {
  ...kernelPlans,
  ...unsharedPlans,
  ...densePlans,
  ...poolPlans,
  ...poolGradientPlans,
  ...elementwisePlans,
  ...sumPlans,
  ...batchNormPlans,
};
