import { createCpu } from "../../backends/cpu/create.ts";
import { holdCpu } from "./hold-cpu.ts";

/** The operators that have another algorithm to choose; the others compute as they do in cpu.test.ts, and all refuse alike. */
const choosing = /^(convolve|correlate)/;
const cpu = createCpu({ threads: 3, algorithm: "direct", debug: true });
holdCpu("cpu, 3 threads, direct", cpu, ({ kind, operator }) => choosing.test(operator) && kind !== "constraint");
