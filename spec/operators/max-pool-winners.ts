import { numberFormats } from "../number-format.ts";
import type { Operator } from "../operator.ts";
import { type Pool, poolConstraints } from "../pool.ts";
import { sizeOf } from "../tensor.ts";
import { maxPool } from "./max-pool.ts";

export type MaxPoolWinners = Pool;

/** POOL-11: where in its plane of V [N, C, …X] the maximum of each window stands, giving Z [N, C, …P]. */
export const maxPoolWinners: Operator<MaxPoolWinners> = {
  ...maxPool,
  name: "max-pool-winners",
  clauses: ["POOL-11", "POOL-1"],
  constraints: [
    ...poolConstraints,
    {
      id: "POOL-11.C1",
      statement: "the number format holds every place of a plane: at most 2^precision + 1 cells",
      violation: ({ inputs: { V } }) => {
        const cells = sizeOf(V.shape.slice(2));
        const most = 2 ** numberFormats[V.dtype].precision + 1;
        return cells <= most ? undefined : `a plane of ${V.dtype} must have at most ${most} cells, got ${cells}`;
      },
    },
  ],
};
