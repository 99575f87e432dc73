import { createCpu } from "../../backends/cpu/create.ts";
import { holdCpu } from "./hold-cpu.ts";

holdCpu("cpu, 3 threads, direct", createCpu({ threads: 3, algorithm: "direct", debug: true }));
