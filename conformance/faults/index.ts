import { anyFaults } from "./any.ts";
import { denseFaults } from "./dense.ts";
import type { Fault } from "./fault.ts";
import { gridPoolGradientFaults } from "./grid-pool-gradient.ts";
import { kernelFaults } from "./kernel.ts";
import { kernelGradientFaults } from "./kernel-gradient.ts";
import { layerFaults } from "./layers.ts";
import { localFaults } from "./local.ts";
import { normFaults } from "./norm.ts";
import { poolFaults } from "./pool.ts";
import { poolGradientFaults } from "./pool-gradient.ts";
import { poolKindFaults } from "./pool-kinds.ts";
import { signedZeroFaults } from "./signed-zero.ts";

/** The zoo: every planted fault, the particular ones before those that any operator can have. */
export const faults: readonly Fault[] = [
  ...kernelFaults,
  ...kernelGradientFaults,
  ...localFaults,
  ...poolFaults,
  ...poolKindFaults,
  ...poolGradientFaults,
  ...gridPoolGradientFaults,
  ...denseFaults,
  ...normFaults,
  ...layerFaults,
  ...signedZeroFaults,
  ...anyFaults,
];
