import { SingleBar } from "cli-progress";
import { Command, Option } from "commander";
import type { Check } from "../conformance/check.ts";
import { seed } from "../conformance/cli/options.ts";
import { variants } from "../conformance/known-good/variants/index.ts";
import { runCheck } from "../conformance/runner/run-checks.ts";
import { suite } from "../conformance/suite.ts";
import type { Backend } from "../spec/index.ts";
import { positiveInteger } from "./options.ts";

const options = new Command("false-alarms")
  .description(
    "holds correct backends that are written differently against the checks that draw their calls, under one seed " +
      "after the other, until each has answered as many checks as asked for: any failure is a mistake of the suite",
  )
  .option("--checks <n>", "how many checks each answers at least", positiveInteger, 10_000)
  .option("--seed <n>", "the first seed", seed, 1)
  .addOption(new Option("--variant <name...>", "only these backends").choices(variants.map(({ name }) => name)))
  .parse()
  .opts<{ checks: number; seed: number; variant?: string[] }>();
const wanted = options.checks;
const drawn = (await suite()).filter(
  ({ kind, dtype }) => dtype === "f32" && (kind === "law" || kind === "gradient" || kind === "state"),
);

const held = variants.filter(({ name }) => options.variant?.includes(name) ?? true);

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
  for (let next = options.seed; sum.answered < wanted; next++) {
    const found = await hold(backend, checks, next);
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
