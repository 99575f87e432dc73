import { createCpu } from "../../backends/cpu/create.ts";
import { holdCpu } from "./hold-cpu.ts";

holdCpu("cpu, 2 threads, auto", createCpu({ threads: 2, algorithm: "auto", winogradFrom: 1, debug: true }));
