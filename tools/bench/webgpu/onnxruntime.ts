import * as ort from "onnxruntime-web/webgpu";
import { type Tensor, UnsupportedError } from "../../../spec/index.ts";
import type { Cell } from "../cell.ts";
import type { Engine, Inputs, Prepared } from "../engines/engine.ts";
import { oneNodeModel } from "../engines/onnx-model.ts";
import { nodeOf } from "../engines/onnx-nodes.ts";

const cpuTensor = ({ data, shape }: Tensor): ort.Tensor => new ort.Tensor("float32", data as Float32Array, shape);

/** A buffer of the engine's own device with the numbers of a tensor. */
function gpuTensor(device: GPUDevice, { data, shape }: Tensor): ort.Tensor {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const gpuBuffer = device.createBuffer({ size: Math.ceil(data.byteLength / 16) * 16, usage });
  device.queue.writeBuffer(gpuBuffer, 0, data as Float32Array<ArrayBuffer>);
  return ort.Tensor.fromGpuBuffer(gpuBuffer, { dataType: "float32", dims: shape });
}

const each = <T, U>(of: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));

async function prepare(cell: Cell, inputs: Inputs): Promise<Prepared> {
  const node = nodeOf(cell, inputs);
  const model = await oneNodeModel(node);
  // What the engine cannot do on the adapter it would do on the processor, which is another comparison.
  const session = await ort.InferenceSession.create(model, {
    ...{ executionProviders: ["webgpu"], preferredOutputLocation: "gpu-buffer" as const, logSeverityLevel: 4 },
    extra: { session: { disable_cpu_ep_fallback: "1" } },
  }).catch((thrown: unknown) => {
    throw new UnsupportedError(`ONNX Runtime has no ${node.opType} on WebGPU: ${(thrown as Error).message}`);
  });
  const device = (await ort.env.webgpu.device) as GPUDevice;
  const feeds = each(node.feeds, (tensor) => gpuTensor(device, tensor));
  let last: ort.Tensor | undefined;
  return {
    call: async () => {
      last?.dispose();
      last = (await session.run(feeds)).Z;
    },
    finish: () => device.queue.onSubmittedWorkDone(),
    output: async () => (await (last as ort.Tensor).getData()) as Float32Array,
    // The same session: what comes down is copied out by the tensor, what goes up by the engine.
    roundTrip: async () => {
      const { Z } = await session.run(each(node.feeds, cpuTensor));
      await Z.getData(true);
    },
    release: async () => {
      last?.dispose();
      for (const tensor of Object.values(feeds)) tensor.gpuBuffer.destroy();
      await session.release();
    },
  };
}

/** ONNX Runtime on WebGPU. */
export async function onnxruntimeWebGpu(): Promise<Engine> {
  ort.env.wasm.wasmPaths = "/onnxruntime/";
  ort.env.wasm.numThreads = 1;
  return { version: ort.env.versions.web ?? "", threads: 1, prepare };
}
