import { linearPoolGradient } from "../pool-gradient.ts";

export type { LinearPoolGradient as WeightedPoolGradient } from "../pool-gradient.ts";

/** GRAD-24: the gradient of the distance-weighted average, dV [N, C, …X], from G [N, C, …P]. */
export const weightedPoolGradient = linearPoolGradient("weighted-pool-gradient", "GRAD-24");
