import { linearPoolGradient } from "../pool-gradient.ts";

export type { LinearPoolGradient as SumPoolGradient } from "../pool-gradient.ts";

/** GRAD-22: the gradient of sum pooling, dV [N, C, …X], from G [N, C, …P]. */
export const sumPoolGradient = linearPoolGradient("sum-pool-gradient", "GRAD-22");
