import { type KernelName, kernels } from "../kernels.ts";
import { DeviceError, deviceError } from "./errors.ts";
import { type Layout, layoutOf } from "./layout.ts";

/** Values of a kernel's override constants. */
export type Constants = Readonly<Record<string, number | boolean>>;

/** Names that a kernel leaves open, each to be one of the formats of storage. */
export type Aliases = Readonly<Record<string, "f32" | "f16">>;

/** A kernel, compiled for constants and formats, with its bindings. */
export interface Pipeline {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroupLayout;
  readonly layout: Layout;
}

/** Compiles kernels, each once for all that tells one compiled kernel from another: its text, formats and constants. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #modules = new Map<string, { readonly module: GPUShaderModule; readonly layout: Layout }>();
  readonly #pipelines = new Map<string, Promise<Pipeline>>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The compiled kernel. @throws {DeviceError} where the device does not compile it */
  get(kernel: KernelName, aliases: Aliases, constants: Constants): Promise<Pipeline> {
    const key = JSON.stringify([kernel, aliases, constants]);
    const known = this.#pipelines.get(key);
    if (known !== undefined) return known;
    const made = this.#compile(kernel, aliases, constants);
    this.#pipelines.set(key, made);
    // A kernel that failed is compiled again by the next call that wants it.
    made.catch(() => this.#pipelines.delete(key));
    return made;
  }

  async #compile(kernel: KernelName, aliases: Aliases, constants: Constants): Promise<Pipeline> {
    const { module, layout } = this.#module(kernel, aliases);
    try {
      const pipeline = await this.#device.createComputePipelineAsync({
        label: kernel,
        layout: "auto",
        compute: { module, constants: Object.fromEntries(Object.entries(constants).map(([k, v]) => [k, Number(v)])) },
      });
      return { pipeline, bindings: pipeline.getBindGroupLayout(0), layout };
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const [first] = messages.filter(({ type }) => type === "error");
      const where = first ? `line ${first.lineNum}: ${first.message}` : (error as Error).message.split("\n")[0];
      throw new DeviceError("validation", `kernel ${kernel} does not compile: ${where}`);
    }
  }

  #module(kernel: KernelName, aliases: Aliases) {
    const key = JSON.stringify([kernel, aliases]);
    const known = this.#modules.get(key);
    if (known !== undefined) return known;
    const half = Object.values(aliases).includes("f16") ? ["enable f16;"] : [];
    const enabled = [...kernels[kernel].matchAll(/^\/\/ (enable \w+)$/gm)].map(([, directive]) => `${directive};`);
    const header = [
      ...half,
      ...enabled,
      ...Object.entries(aliases).map(([name, format]) => `alias ${name} = ${format};`),
    ];
    // A fault of the text is told by the pipeline, together with its line.
    this.#device.pushErrorScope("validation");
    const module = this.#device.createShaderModule({ label: kernel, code: `${header.join(" ")} ${kernels[kernel]}` });
    this.#device.popErrorScope().catch((error) => deviceError(error, `kernel ${kernel}`));
    const made = { module, layout: layoutOf(kernels[kernel]) };
    this.#modules.set(key, made);
    return made;
  }
}
