import type { Cell } from "../cell.ts";
import type { Engine } from "./engine.ts";

/** What a name on the command line stands for. */
export interface Entry {
  /** ours: a backend of the house. limit: what the machine can do. peer: another engine. */
  readonly role: "ours" | "peer" | "limit";
  /** Whether it has one thread only. */
  readonly single?: boolean;
  /** Why it is left out of a cell unless it is named. */
  readonly spared?: (cell: Cell) => string | undefined;
  /** Makes the engine in its own process; absent for those in Python, which are loaded by their name. */
  readonly load?: (threads: number) => Promise<Engine> | Engine;
}

const large = ({ multiplies }: Cell): string | undefined =>
  multiplies > 1.1e8 ? "the layer would take it minutes" : undefined;

const smallKernel = ({ sliding }: Cell): string | undefined =>
  sliding?.window.every((r) => r < 16) ? "it is made for large kernels" : undefined;

/** An engine's module is loaded in its own process only. */
const lazily =
  <M>(module: () => Promise<M>, pick: (module: M) => (threads: number) => Promise<Engine> | Engine) =>
  async (threads: number): Promise<Engine> =>
    pick(await module())(threads);

const ours = (path: string, name: string, options: Readonly<Record<string, unknown>>): Entry => ({
  role: "ours",
  load: lazily(
    () => import("./ours.ts"),
    ({ created }) => created(path, name, options),
  ),
});

/** Every engine of the benchmark, in the order of the table. */
export const engines: Readonly<Record<string, Entry>> = {
  // Tensors stay in the memory of the backend, as those of the peers stay in theirs.
  cpu: ours("cpu/create.js", "createCpu", { algorithm: "auto", resident: true }),
  "cpu-direct": ours("cpu/create.js", "createCpu", { algorithm: "direct", resident: true }),
  // Plain arrays are copied in and out at every call.
  "cpu-copied": ours("cpu/create.js", "createCpu", { algorithm: "auto" }),
  // With 256-bit vectors, which newer versions of V8 make of pairs.
  "cpu-wide": ours("cpu/create.js", "createCpu", { algorithm: "auto", resident: true, revectorize: true }),
  fft: { ...ours("fft/create.js", "createFft", { resident: true }), spared: smallKernel },
  "fft-copied": { ...ours("fft/create.js", "createFft", {}), spared: smallKernel },
  "webgpu-node": {
    ...{ role: "ours", single: true },
    load: lazily(
      () => import("./ours.ts"),
      ({ onDevice }) => onDevice,
    ),
  },
  "plain-loops": {
    ...{ role: "ours", single: true },
    load: lazily(
      () => import("./ours.ts"),
      ({ exported }) => exported("cpu/plain/index.js"),
    ),
  },
  "tfjs-wasm": {
    role: "peer",
    load: lazily(
      () => import("./tfjs.ts"),
      ({ tfjsWasm }) => tfjsWasm,
    ),
  },
  "onnxruntime-web": {
    role: "peer",
    load: lazily(
      () => import("./onnxruntime.ts"),
      ({ onnxruntimeWeb }) => onnxruntimeWeb,
    ),
  },
  "onnxruntime-node": {
    role: "peer",
    load: lazily(
      () => import("./onnxruntime.ts"),
      ({ onnxruntimeNode }) => onnxruntimeNode,
    ),
  },
  torch: { role: "peer" },
  "scipy-fftconvolve": { role: "peer" },
  "scipy-oaconvolve": { role: "peer" },
  "tfjs-cpu": {
    ...{ role: "peer", single: true, spared: large },
    load: lazily(
      () => import("./tfjs.ts"),
      ({ tfjsCpu }) => tfjsCpu,
    ),
  },
  "wasm-peak": {
    role: "limit",
    load: lazily(
      () => import("./limits.ts"),
      ({ wasmPeak }) => wasmPeak,
    ),
  },
  copy: {
    role: "limit",
    load: lazily(
      () => import("./limits.ts"),
      ({ copy }) => copy,
    ),
  },
};

const apart = ["cpu-wide", "fft-copied", "plain-loops", "webgpu-node"];

/** Those that a run has unless it names others: not the plain loops, which are slow, nor what needs
 * another Node or has a command of its own. */
export const usual: readonly string[] = Object.keys(engines).filter((name) => !apart.includes(name));
