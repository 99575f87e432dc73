import { Command } from "commander";
import fc from "fast-check";
import { createCpu } from "../backends/cpu/create.ts";
import { drawnCall } from "../conformance/arbitraries/call.ts";
import type { Invocation } from "../conformance/check.ts";
import { seed } from "../conformance/cli/options.ts";
import { invoke, sameBits } from "../conformance/invoke.ts";
import { againstReference } from "../conformance/oracle.ts";
import { operatorNames } from "../spec/index.ts";
import { positive, positiveInteger } from "./options.ts";

const { minutes, threads, ...options } = new Command("soak")
  .description(
    "keeps the cpu backend busy: calls of every operator in changing shapes, drawn from a seed, each held against the " +
      "exact reference once and then repeated, which must give the same bits; among them large ones, workers that are " +
      "ended, and backends that come and go. Fails where a result is wrong, or where memory, kernels or threads do not " +
      "stop growing",
  )
  .option("--minutes <n>", "how long", positive, 30)
  .option("--threads <n>", "on how many threads", positiveInteger, 2)
  .option("--seed <n>", "the first seed", seed, 1)
  .parse()
  .opts<{ minutes: number; threads: number; seed: number }>();
const firstSeed = options.seed;

/** How often every drawn call is repeated. */
const REPEATS = 20;
/** Bytes of an input of a large call. */
const LARGE = 32 << 20;
const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

const workers = (): number => (process.report.getReport() as unknown as { workers: unknown[] }).workers.length;

/** What is watched: it must not be larger at the end than it was after a quarter of the time, but for what comes and goes. */
interface Watched {
  readonly rss: number;
  readonly heap: number;
  readonly arena: number;
  readonly kernels: number;
  readonly workers: number;
}

const cpu = createCpu({ threads });
const watched: Watched[] = [];
const failures: string[] = [];
const wrong = (what: string, { operator, inputs, attributes }: Invocation): void => {
  const shapes = Object.entries(inputs).map(([name, tensor]) => `${name} [${tensor?.shape}]`);
  failures.push(`${operator}: ${what}; ${shapes.join(" ")} ${JSON.stringify(attributes)}`);
  console.error(failures.at(-1));
};

let calls = 0;
async function hold(invocation: Invocation): Promise<void> {
  const verdict = await againstReference(cpu, invocation);
  if (verdict.status !== "pass")
    wrong(verdict.status === "fail" ? verdict.failure.message : verdict.status, invocation);
  const first = await invoke(cpu, invocation);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const again = await invoke(cpu, invocation);
    const differs = Object.keys(first).find((name) => !sameBits(first[name], again[name]));
    if (differs !== undefined) wrong(`${differs} has other bits than before`, invocation);
  }
  calls += REPEATS + 2;
}

/** An input as large as it gets here, of an extent that changes. */
async function large(round: number): Promise<void> {
  const columns = 1000 + (round % 7);
  const shape = [1, 1, Math.floor(LARGE / 4 / columns), columns];
  const V = { dtype: "f32" as const, shape, data: new Float32Array(shape[2] * columns).fill(-1) };
  const { Z } = await invoke(cpu, { operator: "relu", inputs: { V }, attributes: {} });
  if (Z.data.some((value) => value !== 0))
    wrong("not 0 everywhere", { operator: "relu", inputs: { V }, attributes: {} });
  calls += 1;
}

/** Another backend, used once. */
async function comeAndGo(): Promise<void> {
  const other = cpu.withThreads(3);
  const V = { dtype: "f32" as const, shape: [1, 1, 300, 300], data: new Float32Array(90_000).fill(-1) };
  await invoke(other, { operator: "relu", inputs: { V }, attributes: {} });
  await other.close();
}

/** What has just been ended is gone one turn of the event loop later. */
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

await comeAndGo();
await settled();
/** Threads that are not ours: those of the loader and of esbuild, which bundles the worker's source. */
const before = workers();
const begun = Date.now();
const elapsed = (): number => (Date.now() - begun) / 60_000;
let reported = 0;
for (let round = 0; elapsed() < minutes && failures.length < 10; round++) {
  for (const operator of operatorNames)
    for (const call of fc.sample(drawnCall(operator), { seed: firstSeed + round, numRuns: 1 })) await hold(call);
  await large(round);
  if (round % 5 === 2) await cpu.endWorkers();
  if (round % 5 === 4) await comeAndGo();
  await settled();
  const { rss, heapUsed } = process.memoryUsage();
  const { bytes, kernels } = cpu.usage();
  watched.push({
    rss: mebibytes(rss),
    heap: mebibytes(heapUsed),
    arena: mebibytes(bytes),
    kernels,
    workers: workers(),
  });
  if (elapsed() - reported < 0.25 && elapsed() < minutes) continue;
  reported = elapsed();
  console.log(`${reported.toFixed(1)} min, ${calls} calls:`, JSON.stringify(watched.at(-1)));
}
await cpu.close();
await settled();
const left = workers() - before;
if (left > 0) failures.push(`${left} threads are left`);

/** The least in a part of the run: what is left when what comes and goes has gone. */
const least = (from: number, to: number, key: keyof Watched): number =>
  Math.min(...watched.slice(Math.floor(watched.length * from), Math.ceil(watched.length * to)).map((at) => at[key]));
for (const key of ["rss", "heap", "arena", "kernels", "workers"] as const) {
  const [early, late] = [least(0.25, 0.5, key), least(0.75, 1, key)];
  console.log(`${key}: ${early} in the second quarter, ${late} in the last`);
  if (late > 1.1 * early + (key === "rss" || key === "heap" ? 16 : 0))
    failures.push(`${key} grew from ${early} to ${late}`);
}
console.log(`${calls} calls in ${elapsed().toFixed(1)} min; ${failures.length} failures, ${left} threads left`);
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exitCode = 1;
}
