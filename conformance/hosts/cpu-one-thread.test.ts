import { createCpu } from "../../backends/cpu/create.ts";
import { holdCpu } from "./hold-cpu.ts";

/**
 * As where memory cannot be shared: one thread on ordinary memory; and products that are rounded before they are added.
 * What is refused is refused as in cpu.test.ts.
 */
const cpu = createCpu({ sharedMemory: false, relaxed: false, algorithm: "auto", winogradFrom: 1, debug: true });
holdCpu("cpu, no shared memory, no relaxed SIMD, auto", cpu, ({ kind }) => kind !== "constraint");
