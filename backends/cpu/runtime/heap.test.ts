import { describe, expect, it } from "vitest";
import { CONTROL_SIZE } from "./control.ts";
import { Heap } from "./heap.ts";

const LIMIT = 4 << 20;

const heap = (debug = false): Heap => {
  const memory = new WebAssembly.Memory({ initial: CONTROL_SIZE / 65_536, maximum: LIMIT / 65_536, shared: true });
  return new Heap(memory, { limit: LIMIT, debug });
};

describe("the heap", () => {
  it("hands out blocks that do not overlap, on cache lines of their own", () => {
    const own = heap();
    const blocks = [1, 100, 0, 64, 4097].map((bytes) => [own.allocate(bytes), bytes]);
    for (const [address] of blocks) expect(address % 64).toBe(0);
    const ends = blocks.map(([address, bytes]) => address + bytes);
    for (const [at, [address]] of blocks.entries()) if (at > 0) expect(address).toBeGreaterThanOrEqual(ends[at - 1]);
  });

  it("uses what was given back, in whatever order, as one", () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
    ]) {
      const own = heap();
      const blocks = [1000, 2000, 3000].map((bytes) => own.allocate(bytes));
      const size = own.size;
      for (const at of order) own.free(blocks[at]);
      expect(own.blocks).toBe(0);
      expect(own.allocate(6000)).toBe(blocks[0]);
      expect(own.size).toBe(size);
    }
  });

  it("refuses what does not fit, with the figures, and goes on", () => {
    const own = heap();
    const first = own.allocate(1 << 20);
    expect(() => own.allocate(3 << 20)).toThrow(
      "the call does not fit: 3.0 MiB more than the 1.0 MiB in use, of at most 4.0 MiB",
    );
    own.free(first);
    expect(own.allocate((3 << 20) - 128)).toBe(first);
  });

  it("refuses to take back what it did not hand out", () => {
    const own = heap();
    const block = own.allocate(10);
    own.free(block);
    expect(() => own.free(block)).toThrow(`no block begins at ${block}`);
  });

  it("knows its own arrays, also by a buffer from before it grew", () => {
    const own = heap();
    const block = own.allocate(64);
    const before = new Float32Array(own.buffer, block, 16);
    const large = own.allocate(2 << 20);
    expect(own.addressOf(before)).toBe(before.byteOffset);
    expect(own.addressOf(new Float32Array(own.buffer, large, 4))).toBe(large);
    expect(own.addressOf(before.subarray(4))).toBeUndefined();
    expect(own.addressOf(new Float32Array(16))).toBeUndefined();
    own.free(large);
    expect(own.addressOf(new Float32Array(own.buffer, large, 4))).toBeUndefined();
  });

  it("in debug mode notices what was written before and after a block", () => {
    for (const offset of [-4, 64]) {
      const own = heap(true);
      const block = own.allocate(64);
      expect(own.overrun()).toBeUndefined();
      new Float32Array(own.buffer, block, 16).fill(1);
      expect(own.overrun()).toBeUndefined();
      new Float32Array(own.buffer, block + offset, 1)[0] = 1;
      expect(own.overrun()).toBe(block);
    }
  });

  it("in debug mode fills with NaN what is handed out, also again", () => {
    const own = heap(true);
    const block = own.allocate(64);
    const values = new Float32Array(own.buffer, block, 16);
    expect([...values].every(Number.isNaN)).toBe(true);
    values.fill(1);
    own.free(block);
    expect(own.allocate(64)).toBe(block);
    expect([...values].every(Number.isNaN)).toBe(true);
  });
});
