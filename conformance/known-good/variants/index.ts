import type { Backend } from "../../../spec/index.ts";
import { direct } from "./direct.ts";
import fourier from "./fourier.ts";
import { ordered } from "./orders.ts";
import { sums } from "./sums.ts";
import winograd from "./winograd.ts";

/** Correct backends that are written differently: none of them may ever fail. */
export const variants: readonly Backend[] = [
  ...Object.entries(sums).map(([name, sum]) => direct(name, sum)),
  fourier,
  winograd,
  ...ordered,
];
