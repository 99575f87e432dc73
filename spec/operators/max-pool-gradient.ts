import { poolGradient } from "../pool-gradient.ts";

export type { PoolGradient as MaxPoolGradient } from "../pool-gradient.ts";

/** GRAD-20: the gradient of max pooling, dV [N, C, …X], from V and G [N, C, …P]: each error goes to its winner. */
export const maxPoolGradient = poolGradient("max-pool-gradient", "GRAD-20");
