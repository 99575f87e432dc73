import type { Tensor } from "../../../spec/index.ts";
import { isSoftware } from "../adapter/index.ts";
import type { Axes } from "./dispatch.ts";
import { DeviceError, deviceError } from "./errors.ts";
import { guardBytes, poisoned, poisonOf } from "./guard.ts";
import { Pipelines } from "./pipelines.ts";
import { Pool } from "./pool.ts";
import { type Area, bytesOf, type DeviceFormat, type StoredTensor } from "./tensor.ts";

/** The limits that a device is asked for as high as the adapter has them. */
const wantedLimits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
] as const;

const wantedFeatures = ["shader-f16", "subgroups"] as const;

export interface SessionOptions {
  /**
   * Whether buffers are poisoned before use and have guard bands that are looked at after every call, and whether small
   * dispatches are split as large ones are.
   */
  readonly debug: boolean;
}

/** Workgroups along the first axis of a dispatch in a debug session: an odd few. */
const fewWorkgroups = 5;

/** One device for as long as it lives, with its buffers and compiled kernels. */
export class Session {
  readonly device: GPUDevice;
  readonly debug: boolean;
  /** Whether the adapter computes on the processor, where a few invocations are enough to keep it busy. */
  readonly software: boolean;
  /** Whether its invocations come in subgroups of four, no fewer and no more. */
  readonly quads: boolean;
  readonly pool: Pool;
  readonly pipelines: Pipelines;
  /** Why the device was lost; undefined while it works. */
  lost: string | undefined;
  #fault: DeviceError | undefined;
  /** How many areas it has given. */
  #areas = 0;

  private constructor(device: GPUDevice, adapter: GPUAdapter, { debug }: SessionOptions) {
    const { subgroupMinSize, subgroupMaxSize } = adapter.info;
    this.device = device;
    this.software = isSoftware(adapter);
    this.quads = device.features.has("subgroups") && subgroupMinSize === 4 && subgroupMaxSize === 4;
    this.debug = debug;
    this.pool = new Pool(device);
    this.pipelines = new Pipelines(device);
    device.lost.then(({ reason, message }) => {
      this.lost = message.split("\n")[0] || reason;
    });
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      this.#fault ??= deviceError(event.error, "a call");
    });
  }

  /** The formats that its kernels take. */
  get formats(): readonly DeviceFormat[] {
    return this.device.features.has("shader-f16") ? ["f32", "f16"] : ["f32"];
  }

  /** Opens a device of an adapter, with all the limits and features that kernels use. */
  static async open(adapter: GPUAdapter, options: SessionOptions): Promise<Session> {
    const device = await adapter.requestDevice({
      requiredLimits: Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]])),
      requiredFeatures: wantedFeatures.filter((feature) => adapter.features.has(feature)),
    });
    return new Session(device, adapter, options);
  }

  /** How many workgroups an axis of a dispatch holds. */
  get axes(): Axes {
    const most = this.device.limits.maxComputeWorkgroupsPerDimension;
    return { x: this.debug ? fewWorkgroups : most, y: most };
  }

  /** Throws what went wrong on the device since it was last asked. @throws {DeviceError} */
  throwFault(): void {
    const fault = this.#fault;
    this.#fault = undefined;
    if (this.lost !== undefined)
      throw new DeviceError("lost", `the device was lost (${this.lost}); the next call opens it again`);
    if (fault !== undefined) throw fault;
  }

  /** Room for so many bytes. What it holds is undefined; in a debug session, poison. */
  area(bytes: number): Area {
    if (!this.debug) return { loan: this.pool.lend("storage", bytes), bytes };
    const loan = this.pool.lend("storage", bytes + guardBytes);
    const poison = poisonOf(this.#areas++);
    this.device.queue.writeBuffer(loan.buffer, 0, poisoned(loan.capacity, poison));
    return { loan, bytes, poison };
  }

  /** Room for a tensor. */
  tensor(dtype: DeviceFormat, shape: readonly number[]): StoredTensor {
    return { dtype, shape, session: this, ...this.area(bytesOf(dtype, shape)) };
  }

  /** Copies a tensor to the device. */
  upload({ dtype, shape, data }: Tensor): StoredTensor {
    const stored = this.tensor(dtype as DeviceFormat, shape);
    this.write(stored, data);
    return stored;
  }

  /** Writes elements to the start of an area. */
  write({ loan: { buffer } }: Area, data: Tensor["data"] | Int32Array): void {
    // A queue takes whole words, and no view of memory that threads share.
    const shared = typeof SharedArrayBuffer !== "undefined" && data.buffer instanceof SharedArrayBuffer;
    let bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    if (shared || bytes.length % 4 !== 0) {
      const copy = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
      copy.set(bytes);
      bytes = copy;
    }
    this.device.queue.writeBuffer(buffer, 0, bytes);
  }

  /** Gives areas back for other calls to use. */
  free(areas: Iterable<Area>): void {
    for (const { loan } of areas) this.pool.giveBack(loan);
  }

  /** Ends the device and all it holds. */
  close(): void {
    this.pool.clear();
    this.device.destroy();
  }
}
