import { UnsupportedError } from "../../../spec/index.ts";
import { type DeviceError, deviceError } from "./errors.ts";
import { usage } from "./usage.ts";

/** What a pooled buffer is for. */
export type Purpose = "storage" | "uniform" | "staging";

const usages: Readonly<Record<Purpose, number>> = {
  storage: usage.storage | usage.copySource | usage.copyTarget,
  uniform: usage.uniform | usage.copyTarget,
  staging: usage.mapRead | usage.copyTarget,
};

/** A buffer on loan from the pool, of at least the bytes asked for. */
export interface Loan {
  readonly buffer: GPUBuffer;
  readonly purpose: Purpose;
  readonly capacity: number;
  /** Why the device could not make the buffer, once that is known; absent for a buffer that was used before. */
  readonly refusal?: Promise<DeviceError | undefined>;
}

const smallest = 256;

/** The bytes of the buffer that holds so many: four sizes to an octave, so that calls of other shapes find it again. */
export function capacityFor(bytes: number): number {
  if (bytes <= smallest) return smallest;
  const step = 2 ** (Math.floor(Math.log2(bytes - 1)) - 2);
  return Math.ceil(bytes / step) * step;
}

/** Bytes that are kept for later calls at most. */
const mostKept = 512 * 2 ** 20;

/**
 * Buffers that are lent and come back. What they hold is left over from before: every kernel writes every element of its
 * outputs, and a debug session fills each buffer with poison to prove it.
 */
export class Pool {
  readonly #device: GPUDevice;
  readonly #idle = new Map<string, Loan[]>();
  #kept = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /**
   * Lends a buffer.
   * @throws {UnsupportedError} where the adapter has no buffers of that size
   */
  lend(purpose: Purpose, bytes: number): Loan {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits;
    const most = purpose === "storage" ? Math.min(maxBufferSize, maxStorageBufferBindingSize) : maxBufferSize;
    if (bytes > most) throw new UnsupportedError(`a buffer of ${bytes} bytes; this adapter binds at most ${most}`);
    const capacity = Math.min(capacityFor(bytes), Math.floor(most / 4) * 4);
    const idle = this.#idle.get(`${purpose} ${capacity}`)?.pop();
    if (idle === undefined) return this.#make(purpose, capacity);
    this.#kept -= capacity;
    return idle;
  }

  #make(purpose: Purpose, capacity: number): Loan {
    this.#device.pushErrorScope("out-of-memory");
    const buffer = this.#device.createBuffer({ size: capacity, usage: usages[purpose] });
    const refusal = this.#device.popErrorScope().then(
      (error) => (error === null ? undefined : deviceError(error, `making a buffer of ${capacity} bytes`)),
      // The device was lost meanwhile, which the call that waits finds out by itself.
      () => undefined,
    );
    return { buffer, purpose, capacity, refusal };
  }

  /** Takes a buffer back; the queue finishes what was submitted with it before anything that comes later. */
  giveBack({ buffer, purpose, capacity }: Loan): void {
    if (this.#kept + capacity > mostKept) {
      buffer.destroy();
      return;
    }
    const key = `${purpose} ${capacity}`;
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), { buffer, purpose, capacity }]);
    this.#kept += capacity;
  }

  /** Frees every buffer that is not lent. */
  clear(): void {
    for (const loans of this.#idle.values()) for (const { buffer } of loans) buffer.destroy();
    this.#idle.clear();
    this.#kept = 0;
  }
}
