import { createCpu } from "./create.ts";

export { type Cpu, type CpuOptions, createCpu } from "./create.ts";

/** On as many threads as the machine has processors. */
export default createCpu();
