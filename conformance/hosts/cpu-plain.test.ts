import { createCpu } from "../../backends/cpu/create.ts";
import { holdCpu } from "./hold-cpu.ts";

/** What is refused is refused as in cpu.test.ts. */
holdCpu("cpu, no SIMD", createCpu({ simd: false }), ({ kind }) => kind !== "constraint");
