import type { InferenceSession, Tensor } from "onnxruntime-common";
import type { Cell } from "../cell.ts";
import { type Engine, type Inputs, installed, type Prepared } from "./engine.ts";
import { oneNodeModel } from "./onnx-model.ts";
import { nodeOf } from "./onnx-nodes.ts";

/** What both packages have in common. */
interface Ort {
  readonly InferenceSession: { create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<Session> };
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => Tensor;
}
type Session = Pick<InferenceSession, "run" | "release">;

const prepare = async (ort: Ort, options: InferenceSession.SessionOptions, cell: Cell, inputs: Inputs) => {
  const node = nodeOf(cell, inputs);
  const session = await ort.InferenceSession.create(await oneNodeModel(node), { ...options, logSeverityLevel: 4 });
  const feeds = Object.fromEntries(
    Object.entries(node.feeds).map(([name, { data, shape }]) => [
      name,
      new ort.Tensor("float32", data as Float32Array, shape),
    ]),
  );
  let last: Promise<{ readonly Z: { readonly data: unknown } }>;
  const prepared: Prepared = {
    call: () => {
      last = session.run(feeds) as Promise<unknown> as typeof last;
      return last;
    },
    output: async () => (await last).Z.data as Float32Array,
    release: () => session.release(),
  };
  return prepared;
};

/** ONNX Runtime in WebAssembly, with SIMD and threads. */
export async function onnxruntimeWeb(threads: number): Promise<Engine> {
  const ort = await installed("onnxruntime-web", import("onnxruntime-web"));
  ort.env.wasm.numThreads = threads;
  const options = { executionProviders: ["wasm"] };
  return {
    version: ort.env.versions.web ?? "",
    threads,
    prepare: (cell, inputs) => prepare(ort as unknown as Ort, options, cell, inputs),
  };
}

/** ONNX Runtime's native kernels. */
export async function onnxruntimeNode(threads: number): Promise<Engine> {
  const ort = await installed("onnxruntime-node", import("onnxruntime-node"));
  ort.env.logLevel = "fatal";
  const options = { executionProviders: ["cpu"], intraOpNumThreads: threads, interOpNumThreads: 1 };
  return {
    version: ort.env.versions.node ?? "",
    threads,
    prepare: (cell, inputs) => prepare(ort as unknown as Ort, options, cell, inputs),
  };
}
