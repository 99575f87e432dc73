import { createCpu } from "../../backends/cpu/create.ts";
import { suite } from "../suite.ts";
import { holdTo } from "./hold-to.ts";

/** The operators that have another algorithm to choose; the others compute as they do in cpu.test.ts. */
const choosing = /^(convolve|correlate)/;
const checks = (await suite()).filter(({ operator }) => choosing.test(operator));
const cpu = createCpu({ threads: 3, algorithm: "direct", debug: true });
holdTo(checks, { ...cpu, name: "cpu, 3 threads, direct" });
