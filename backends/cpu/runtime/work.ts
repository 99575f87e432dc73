import { ARGUMENTS, CODE, heldWord, MESSAGE, MESSAGE_SIZE, OPEN, SLOTS, word } from "./control.ts";

/** A function of a kernel: computes items first … past − 1 of a job, on the thread of that number. */
export type KernelFunction = (first: number, past: number, thread: number, ...args: readonly number[]) => void;

/** The functions of a module, in the order in which it exports them. */
export function functionsOf(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): readonly KernelFunction[] {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return Object.values(exports) as unknown as KernelFunction[];
}

/**
 * Takes items of the open job until none are left: neighbours, which often share what they are made from, and the fewer
 * the fewer are left, so that all threads are done at about the same time. They are computed some at a time.
 */
export function takeItems(words: Int32Array, run: KernelFunction, thread: number, args: readonly number[]): void {
  const [items, grain, threads] = [words[word.ITEMS], words[word.GRAIN], words[word.THREADS]];
  for (;;) {
    const first = Atomics.load(words, word.NEXT);
    if (first >= items) return;
    const calls = Math.max(1, Math.floor((items - first) / (2 * threads * grain)));
    const past = Math.min(first + calls * grain, items);
    if (Atomics.compareExchange(words, word.NEXT, first, past) !== first) continue;
    for (let from = first; from < past; from += grain) run(from, Math.min(from + grain, past), thread, ...args);
  }
}

/**
 * What a worker does: waits for jobs, and takes part in them. Never returns.
 * @param spins how often it looks for a job before it goes to sleep
 */
export function work(memory: WebAssembly.Memory, thread: number, spins: number): never {
  const control = memory.buffer;
  const words = new Int32Array(control, 0, heldWord(thread, SLOTS));
  const held: (readonly KernelFunction[])[] = [];

  const kernel = (): KernelFunction => {
    const [slot, id] = [words[word.SLOT], words[word.KERNEL]];
    if (words[heldWord(thread, slot)] !== id) {
      held[slot] = functionsOf(new Uint8Array(control, CODE, words[word.CODE_LENGTH]).slice(), memory);
      words[heldWord(thread, slot)] = id;
    }
    return held[slot][words[word.FUNCTION]];
  };

  const takePart = (): void => {
    try {
      takeItems(words, kernel(), thread, [...new Float64Array(control, ARGUMENTS, words[word.ARGUMENT_COUNT])]);
    } catch (thrown) {
      const said = new TextEncoder().encode(String(thrown)).subarray(0, MESSAGE_SIZE);
      if (Atomics.compareExchange(words, word.FAILED, 0, thread + 1) !== 0) return;
      new Uint8Array(control, MESSAGE).set(said);
      words[word.MESSAGE_LENGTH] = said.length;
    }
  };

  let seen = Atomics.load(words, word.GENERATION);
  Atomics.add(words, word.READY, 1);
  Atomics.notify(words, word.READY);
  for (;;) {
    for (let spin = 0; spin < spins && Atomics.load(words, word.GENERATION) === seen; spin++);
    Atomics.wait(words, word.GENERATION, seen);
    seen = Atomics.load(words, word.GENERATION);
    if ((Atomics.add(words, word.STATE, 1) & OPEN) !== 0) takePart();
    Atomics.sub(words, word.STATE, 1);
    Atomics.notify(words, word.STATE);
  }
}
