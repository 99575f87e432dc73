import { anyFaults } from "./any.ts";
import type { Fault } from "./fault.ts";
import { kernelFaults } from "./kernel.ts";
import { poolFaults } from "./pool.ts";

/** The zoo: every planted fault, the particular ones before those that any operator can have. */
export const faults: readonly Fault[] = [...kernelFaults, ...poolFaults, ...anyFaults];
