import { type DType, type Shape, sizeOf, type Tensor, zeros } from "../../spec/index.ts";
import type { Numbers } from "./problem.ts";

/** Buffers are of whole pages, so that tensors of nearly the same size fit in each other's. */
const page = 4096;

/** The bytes that buffers no tensor is in may take. */
const mostSpare = 1 << 28;

type Room = ArrayBuffer | SharedArrayBuffer;

/**
 * Memory for tensors, which serves again once it is given back: memory that was never touched is handed over by the
 * system page by page, which may take longer than the sums.
 */
export class Stock {
  /** Whether tensors lie where other threads see them. */
  readonly #shared: boolean;
  readonly #lent = new WeakMap<ArrayBufferView, Room>();
  /** The latest given back last. */
  #spare: Room[] = [];
  #spareBytes = 0;

  constructor(shared: boolean) {
    this.#shared = shared;
  }

  /** A tensor, whose elements are left as they are found. */
  take(dtype: DType, shape: Shape): Tensor {
    if (dtype === "f16") return zeros(dtype, shape);
    const count = sizeOf(shape);
    const room = this.#room(count * (dtype === "f32" ? 4 : 8));
    const data = dtype === "f32" ? new Float32Array(room, 0, count) : new Float64Array(room, 0, count);
    this.#lent.set(data, room);
    return { dtype, shape, data };
  }

  /** A copy of a tensor here. */
  store(tensor: Tensor): Tensor {
    const stored = this.take(tensor.dtype, tensor.shape);
    (stored.data as Numbers).set(tensor.data);
    return stored;
  }

  /** Takes back the memory of a tensor that was taken here; others are left alone. */
  free({ data }: Tensor): void {
    const room = this.#lent.get(data);
    if (room === undefined) return;
    this.#lent.delete(data);
    this.#spare.push(room);
    this.#spareBytes += room.byteLength;
    while (this.#spareBytes > mostSpare) this.#spareBytes -= this.#spare.shift()?.byteLength ?? 0;
  }

  /** The latest spare buffer in which so many bytes fill at least half, or a new one. */
  #room(bytes: number): Room {
    const at = this.#spare.findLastIndex(({ byteLength }) => byteLength >= bytes && byteLength <= 2 * bytes + page);
    if (at >= 0) {
      const [room] = this.#spare.splice(at, 1);
      this.#spareBytes -= room.byteLength;
      return room;
    }
    const whole = Math.ceil(bytes / page) * page;
    return this.#shared ? new SharedArrayBuffer(whole) : new ArrayBuffer(whole);
  }
}
