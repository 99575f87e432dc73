import { createWebGpu } from "./webgpu.ts";

export { DeviceError } from "./device/errors.ts";
export { createWebGpu, type DeviceTensor, type WebGpu, type WebGpuOptions } from "./webgpu.ts";

/** The operators on the adapter that is there; where none is, this module is unavailable. */
const { backend } = await createWebGpu();

export default backend;
