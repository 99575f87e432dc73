import { type Shape, sizeOf, type Tensor, zeros } from "../../../spec/index.ts";
import type { WasmFunction } from "../wasm/index.ts";
import type { Heap } from "./heap.ts";
import type { Kept } from "./kept.ts";
import type { Kernel, Kernels } from "./kernels.ts";
import type { Pool } from "./pool.ts";

/** How sums of products may be computed: `auto` may go through another basis, `direct` may not. */
export type AlgorithmChoice = "auto" | "direct";

/** What one call of an operator works with. All addresses are in bytes; what is allocated is freed when the call ends. */
export class Scope {
  readonly threads: number;
  /** Whether kernels may use relaxed SIMD: fused multiply-add. */
  readonly relaxed: boolean;
  readonly algorithm: AlgorithmChoice;
  /** Channels from which on `auto` considers Winograd's algorithm; undefined for what is fastest. */
  readonly winogradFrom: number | undefined;
  readonly #parts: ScopeParts;
  readonly #addresses: number[] = [];

  constructor(parts: ScopeParts) {
    this.#parts = parts;
    this.threads = parts.threads;
    this.relaxed = parts.relaxed;
    this.algorithm = parts.algorithm;
    this.winogradFrom = parts.winogradFrom;
  }

  /** The address of an input's values: where they lie, if in this memory, or that of a copy. */
  input({ data }: Tensor): number {
    const { heap } = this.#parts;
    const own = heap.addressOf(data);
    if (own !== undefined) return own;
    const address = this.workspace(data.byteLength);
    new Float32Array(heap.buffer, address, data.length).set(data);
    return address;
  }

  /** The address of an input that may be absent: 0 where it is. */
  optional(tensor: Tensor | undefined): number {
    return tensor === undefined ? 0 : this.input(tensor);
  }

  /** The address of so many bytes of any content. Up to 64 bytes past the end may be read. */
  workspace(bytes: number): number {
    const address = this.#parts.kept.allocate(bytes);
    this.#addresses.push(address);
    return address;
  }

  /** The address of an output of that shape, to be given to `result` once it is computed. */
  output(shape: Shape): number {
    return this.workspace(4 * sizeOf(shape));
  }

  /**
   * The address of so many bytes that outlive the call, for what is computed from an input's content: `key` says all
   * that it depends on. Where `isNew`, this call must compute it.
   */
  keep(key: string, bytes: number): { readonly address: number; readonly isNew: boolean } {
    return this.#parts.kept.get(key, bytes);
  }

  /** The address of a table of integers. */
  table(values: ArrayLike<number>): number {
    const address = this.workspace(4 * values.length);
    this.words(address, values.length).set(values);
    return address;
  }

  /** The address of a table of f32. */
  numbers(values: Float32Array): number {
    const address = this.workspace(values.byteLength);
    this.floats(address, values.length).set(values);
    return address;
  }

  /** The f32 at an address, to read or to write from JavaScript. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#parts.heap.buffer, address, length);
  }

  /** The i32 at an address. */
  words(address: number, length: number): Int32Array {
    return new Int32Array(this.#parts.heap.buffer, address, length);
  }

  /** The compiled kernel of that key, which must say all that its code depends on; built where it is not there. */
  kernel(key: string, build: () => readonly WasmFunction[]): Kernel {
    return this.#parts.kernels.get(this.relaxed ? `${key} relaxed` : key, build);
  }

  /**
   * Calls function `name` of a kernel as (first, past, thread, …args) until items 0 … items − 1 are done, so many
   * (`grain`) in a call, on all threads. Each item must be computed the same whatever the call and the thread.
   */
  run(kernel: Kernel, name: string, { items, grain }: Work, ...args: readonly number[]): void {
    if (items === 0) return;
    this.#parts.pool.run(kernel, name, items, this.#parts.grain(items, grain), args);
  }

  /** The tensor [shape] that was computed at an address. */
  result(address: number, shape: Shape): Tensor {
    const values = this.floats(address, sizeOf(shape));
    if (!this.#parts.resident) return { dtype: "f32", shape, data: values.slice() };
    this.#addresses.splice(this.#addresses.indexOf(address), 1);
    return { dtype: "f32", shape, data: values };
  }

  /** A tensor of that shape that is filled from JavaScript, and is a result as it is. */
  filled(shape: Shape): Tensor {
    if (this.#parts.resident) return this.result(this.output(shape), shape);
    return zeros("f32", shape);
  }

  /** Frees what the call has allocated. */
  end(): void {
    for (const address of this.#addresses.splice(0)) this.#parts.heap.free(address);
  }
}

/** How much there is to do. */
export interface Work {
  /** Parts that can be computed apart from each other. */
  readonly items: number;
  /** How many are worth a call: about 10 µs of work or more. */
  readonly grain: number;
}

export interface ScopeParts {
  readonly threads: number;
  readonly relaxed: boolean;
  readonly algorithm: AlgorithmChoice;
  readonly winogradFrom: number | undefined;
  readonly heap: Heap;
  readonly kept: Kept;
  readonly kernels: Kernels;
  readonly pool: Pool;
  /** Whether results stay in this memory. */
  readonly resident: boolean;
  grain(items: number, wanted: number): number;
}
