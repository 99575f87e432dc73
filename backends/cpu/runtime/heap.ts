import { CONTROL_SIZE } from "./control.ts";

const PAGE = 65_536;
/** Of addresses, and of sizes: a cache line, so that no two threads write to one. */
const LINE = 64;
/** Bytes past the end of a block that may be read, though never written: kernels load whole vectors. */
const SLACK = 64;
const GUARD = 64;
/** The bits of guards and of what is free: a NaN that no computation makes. */
const POISON = 0x7fe1_dead;

const rounded = (bytes: number): number => Math.ceil(Math.max(bytes, 1) / LINE) * LINE;

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface HeapOptions {
  /** Bytes that the memory may grow to. */
  readonly limit: number;
  /** Whether blocks lie between guards, and are filled with NaN before they are handed out. */
  readonly debug: boolean;
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/**
 * Hands out blocks of one WebAssembly memory, first fit, and takes them back. The memory grows to what was
 * in use at most and is used again; it never shrinks.
 */
export class Heap {
  readonly #memory: WebAssembly.Memory;
  readonly #options: HeapOptions;
  /** What is free, in order, no two adjacent. */
  readonly #free: Span[];
  readonly #used = new Map<number, Span>();
  /** The buffers by which this memory has been seen: growing makes a new one. */
  readonly #buffers = new WeakSet<ArrayBufferLike>();

  constructor(memory: WebAssembly.Memory, options: HeapOptions) {
    this.#memory = memory;
    this.#options = options;
    this.#free = [{ from: CONTROL_SIZE, to: options.limit }];
  }

  get buffer(): ArrayBuffer {
    const { buffer } = this.#memory;
    this.#buffers.add(buffer);
    return buffer;
  }

  /** Bytes the memory has grown to. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The number of blocks that have not been given back. */
  get blocks(): number {
    return this.#used.size;
  }

  /** The address of a block: a multiple of 64. What it holds is undefined. */
  allocate(bytes: number): number {
    const guard = this.#options.debug ? GUARD : 0;
    const size = rounded(bytes) + 2 * guard;
    const place = this.#free.findIndex(({ from, to }) => to - from >= size + SLACK);
    if (place < 0) throw new RangeError(this.#doesNotFit(bytes));
    const { from, to } = this.#free[place];
    this.#grow(from + size + SLACK, bytes);
    if (from + size === to) this.#free.splice(place, 1);
    else this.#free[place] = { from: from + size, to };
    const address = from + guard;
    this.#used.set(address, { from, to: from + size });
    if (this.#options.debug) this.#fill({ from, to: from + size });
    return address;
  }

  free(address: number): void {
    const span = this.#used.get(address);
    if (span === undefined) throw new Error(`no block begins at ${address}`);
    this.#used.delete(address);
    if (this.#options.debug) this.#fill(span);
    const after = this.#free.findIndex(({ from }) => from > span.from);
    const place = after < 0 ? this.#free.length : after;
    this.#free.splice(place, 0, span);
    this.#join(place);
    this.#join(place - 1);
  }

  /** The address of an array that lies in this memory in a block of its own; undefined where it does not. */
  addressOf(data: ArrayBufferView): number | undefined {
    return this.#buffers.has(data.buffer) && this.#used.has(data.byteOffset) ? data.byteOffset : undefined;
  }

  /** In debug mode: the address of a block beside which something was written, if there is one. */
  overrun(): number | undefined {
    if (!this.#options.debug) return undefined;
    const words = new Int32Array(this.buffer);
    const whole = (from: number): boolean => words.subarray(from / 4, (from + GUARD) / 4).every((v) => v === POISON);
    for (const [address, { from, to }] of this.#used) if (!whole(from) || !whole(to - GUARD)) return address;
    return undefined;
  }

  /** Makes one span of a free one and the next where they touch. */
  #join(place: number): void {
    const [first, next] = [this.#free[place], this.#free[place + 1]];
    if (first?.to === next?.from && next) this.#free.splice(place, 2, { from: first.from, to: next.to });
  }

  #fill({ from, to }: Span): void {
    new Int32Array(this.buffer, from, (to - from) / 4).fill(POISON);
  }

  #grow(to: number, bytes: number): void {
    const missing = Math.ceil((to - this.size) / PAGE);
    if (missing <= 0) return;
    try {
      this.#memory.grow(missing);
    } catch {
      throw new RangeError(this.#doesNotFit(bytes));
    }
  }

  #doesNotFit(bytes: number): string {
    const inUse = [...this.#used.values()].reduce((total, { from, to }) => total + to - from, 0);
    return `the call does not fit: ${mebibytes(bytes)} more than the ${mebibytes(inUse)} in use, of at most ${mebibytes(this.#options.limit)}`;
  }
}
