import type { Heap } from "./heap.ts";

interface Block {
  readonly address: number;
  readonly bytes: number;
}

/**
 * Blocks that outlive the call that made them: what was computed from an input's content, by a key that says all that
 * it depends on. Those that were not used for longest make room, for each other and for the calls themselves.
 */
export class Kept {
  readonly #heap: Heap;
  readonly #limit: number;
  readonly #blocks = new Map<string, Block>();
  readonly #inUse = new Set<string>();
  #bytes = 0;

  /** @param limit bytes in all */
  constructor(heap: Heap, limit: number) {
    this.#heap = heap;
    this.#limit = limit;
  }

  get size(): number {
    return this.#blocks.size;
  }

  /** The block of that key; until `release` it stays. Where it is new, its content is undefined: fill it in this call. */
  get(key: string, bytes: number): { readonly address: number; readonly isNew: boolean } {
    const kept = this.#blocks.get(key);
    this.#inUse.add(key);
    if (kept !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, kept);
      return { address: kept.address, isNew: false };
    }
    while (this.#bytes + bytes > this.#limit && this.#dropOldest());
    const address = this.allocate(bytes);
    this.#blocks.set(key, { address, bytes });
    this.#bytes += bytes;
    return { address, isNew: true };
  }

  /** Allocates from the heap, and gives up what is kept where it would not fit otherwise. */
  allocate(bytes: number): number {
    for (;;) {
      try {
        return this.#heap.allocate(bytes);
      } catch (thrown) {
        if (!this.#dropOldest()) throw thrown;
      }
    }
  }

  /** The call is over: what it has used may be dropped. Where it failed, so is what it has used: it may be unfinished. */
  release(failed: boolean): void {
    if (failed) for (const key of this.#inUse) this.#drop(key);
    this.#inUse.clear();
  }

  #dropOldest(): boolean {
    const oldest = [...this.#blocks.keys()].find((key) => !this.#inUse.has(key));
    if (oldest === undefined) return false;
    this.#drop(oldest);
    return true;
  }

  #drop(key: string): void {
    const block = this.#blocks.get(key);
    if (block === undefined) return;
    this.#blocks.delete(key);
    this.#bytes -= block.bytes;
    this.#heap.free(block.address);
  }
}
