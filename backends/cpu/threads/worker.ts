import { work } from "../runtime/work.ts";
import type { Start } from "./spawn.ts";

type Process = typeof globalThis.process;

const begin = ({ memory, thread, spins }: Start): never => work(memory, thread, spins);

const { process } = globalThis as { process?: Process };
if (process?.versions?.node) begin(process.getBuiltinModule("node:worker_threads").workerData);
else globalThis.addEventListener("message", ({ data }: MessageEvent<Start>) => begin(data), { once: true });
