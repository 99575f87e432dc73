import { createCpu } from "../../backends/cpu/create.ts";
import { holdCpu } from "./hold-cpu.ts";

holdCpu("cpu, no SIMD", createCpu({ simd: false }));
