import { anyFaults } from "./any.ts";
import type { Fault } from "./fault.ts";
import { gridPoolGradientFaults } from "./grid-pool-gradient.ts";
import { kernelFaults } from "./kernel.ts";
import { kernelGradientFaults } from "./kernel-gradient.ts";
import { poolFaults } from "./pool.ts";
import { poolGradientFaults } from "./pool-gradient.ts";
import { poolKindFaults } from "./pool-kinds.ts";

/** The zoo: every planted fault, the particular ones before those that any operator can have. */
export const faults: readonly Fault[] = [
  ...kernelFaults,
  ...kernelGradientFaults,
  ...poolFaults,
  ...poolKindFaults,
  ...poolGradientFaults,
  ...gridPoolGradientFaults,
  ...anyFaults,
];
