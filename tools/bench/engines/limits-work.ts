import { peakModule } from "../peak.ts";

/** Two numbers in shared memory: the turn, negative to end; and how many threads are done with it. */
export type Signal = SharedArrayBuffer;

/** The work of one thread. */
export type Share = { readonly rounds: number } | { readonly floats: number };

/** The work as a function. */
export async function work(share: Share): Promise<() => void> {
  if ("rounds" in share) {
    const { instance } = await WebAssembly.instantiate(peakModule());
    const { run } = instance.exports as { run(rounds: number): number };
    return () => {
      run(share.rounds);
    };
  }
  const [from, to] = [new Float32Array(share.floats).fill(1), new Float32Array(share.floats)];
  return () => to.set(from);
}
