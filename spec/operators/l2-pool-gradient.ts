import { poolGradient } from "../pool-gradient.ts";

export type { PoolGradient as L2PoolGradient } from "../pool-gradient.ts";

/** GRAD-23: the gradient of L2 pooling, dV [N, C, …X], from V and G [N, C, …P]. */
export const l2PoolGradient = poolGradient("l2-pool-gradient", "GRAD-23");
