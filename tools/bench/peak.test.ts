import { expect, test } from "vitest";
import { operationsPerRound, peakModule } from "./peak.ts";

test("the loop multiplies and adds as many times as it is told", async () => {
  const { instance } = await WebAssembly.instantiate(peakModule());
  const { run } = instance.exports as { run(rounds: number): number };
  // The accumulators start at 2, 3, …; a round makes (x + 1)/2 of x.
  const chains = Array.from({ length: operationsPerRound / 8 }, (_, at) => at + 2);
  const after = (rounds: number): number => chains.reduce((sum, x) => sum + (x - 1) / 2 ** rounds + 1, 0);
  expect([1, 2, 3].map(run)).toEqual([1, 2, 3].map(after));
});
