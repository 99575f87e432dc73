import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import type { Check } from "../conformance/check.ts";
import { variants } from "../conformance/known-good/variants/index.ts";
import { runCheck } from "../conformance/runner/run-checks.ts";
import { suite } from "../conformance/suite.ts";
import type { Backend } from "../spec/index.ts";

/**
 * Holds correct backends that are written differently against the checks that draw their calls, under
 * one seed after the other, until each has answered as many checks as asked for. Any failure is a
 * false alarm: a mistake of the suite. Exits 1 where there is one.
 *
 *   npx tsx tools/false-alarms.ts --checks 10000 --seed 1 --variant pairwise --variant winograd
 */
const { values } = parseArgs({
  options: {
    checks: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    variant: { type: "string", multiple: true },
  },
});
const wanted = Number(values.checks);
const drawn = (await suite()).filter(
  ({ kind, dtype }) => dtype === "f32" && (kind === "law" || kind === "gradient" || kind === "state"),
);

const unknown = values.variant?.find((name) => variants.every((variant) => variant.name !== name));
if (unknown !== undefined) {
  console.error(`error: no variant is called ${unknown}; there are ${variants.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
const held = variants.filter(({ name }) => values.variant?.includes(name) ?? true);

const bar = new SingleBar({
  format: "{bar} {value}/{total} checks  {name}",
  noTTYOutput: false,
  stream: process.stderr,
});

/** Puts checks to a backend under one seed; how many it answered, how far from failing, and how many it failed. */
async function hold(backend: Backend, checks: readonly Check[], seed: number) {
  const found = { answered: 0, worst: 0, alarms: 0 };
  for (const check of checks) {
    const { status, margin, message } = await runCheck(backend, check, seed);
    if (status === "unsupported") continue;
    found.answered += 1;
    found.worst = Math.max(found.worst, Number(margin ?? 0));
    if (status === "pass") continue;
    found.alarms += 1;
    console.error(`false alarm: ${backend.name}, ${check.id}, seed ${seed}: ${message}`);
  }
  return found;
}

let [alarms, total] = [0, 0];
for (const backend of held) {
  const checks = drawn.filter(({ operator }) => operator in backend.operators);
  const sum = { answered: 0, worst: 0 };
  bar.start(wanted, 0, { name: backend.name });
  for (let seed = Number(values.seed); sum.answered < wanted; seed++) {
    const found = await hold(backend, checks, seed);
    sum.answered += found.answered;
    sum.worst = Math.max(sum.worst, found.worst);
    alarms += found.alarms;
    bar.update(Math.min(sum.answered, wanted));
  }
  bar.stop();
  total += sum.answered;
  console.log(`${backend.name}: ${sum.answered} checks, worst margin ${sum.worst.toFixed(3)}`);
}
console.log(`${alarms} false alarms in ${total} checks of ${held.length} backends`);
process.exitCode = alarms === 0 ? 0 : 1;
