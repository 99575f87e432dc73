/** The page of one engine: it answers what the benchmark asks through `window.ask`. */
import { createWebGpu } from "../../../backends/webgpu/webgpu.ts";
import type { Engine } from "../engines/engine.ts";
import { type WebGpu, webgpuEngine } from "../engines/webgpu.ts";
import { answered } from "../host.ts";
import type { Answer, Request } from "../protocol.ts";
import { onnxruntimeWebGpu } from "./onnxruntime.ts";
import { tfjsWebGpu } from "./tfjs.ts";

declare global {
  interface Window {
    ask(request: Request): Promise<Answer<unknown>>;
    /** What the adapter says of itself. */
    adapter(): Promise<string | undefined>;
  }
}

const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  webgpu: async () => webgpuEngine((await createWebGpu()) as unknown as WebGpu),
  "tfjs-webgpu": tfjsWebGpu,
  "onnxruntime-webgpu": onnxruntimeWebGpu,
};

window.ask = (request) => answered(request, { start: (name) => engines[name]() });
window.adapter = async () => {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return undefined;
  const { vendor, architecture, device, description } = adapter.info;
  return [vendor, architecture, device, description].filter((part) => part !== "").join(" ");
};
