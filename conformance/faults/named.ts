import type { Check } from "../check.ts";
import type { Fault } from "./fault.ts";

/** Whether a check is the one that a fault names: an id without its format, or all below a name. */
export const isNamed = (id: string, name: string): boolean =>
  id === name || id.startsWith(`${name}@`) || id.startsWith(`${name}/`);

/** Whether only large calls show a fault. */
export const isLargeFault = ({ caughtBy }: Fault): boolean => caughtBy.includes("/size/");

/** Whether a check is put to a fault: large calls, which take long, only to those that need them. */
export const isFor = (check: Check, fault: Fault): boolean =>
  check.operator === fault.operator && (check.kind === "size") === isLargeFault(fault);
