import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { variants } from "../conformance/known-good/variants/index.ts";
import { runCheck } from "../conformance/runner/run-checks.ts";
import { suite } from "../conformance/suite.ts";

/**
 * Holds correct backends that are written differently against the laws, under one seed after the
 * other, until each has answered as many checks as asked for. Any failure is a false alarm: a
 * mistake of the suite. Exits 1 where there is one.
 */
const { values } = parseArgs({
  options: { checks: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
const wanted = Number(values.checks);
const laws = (await suite()).filter(
  ({ kind, dtype, operator }) =>
    kind === "law" && dtype === "f32" && (operator === "correlate" || operator === "convolve"),
);

const bar = new SingleBar({
  format: "{bar} {value}/{total} checks  {name}",
  noTTYOutput: false,
  stream: process.stderr,
});
let alarms = 0;
for (const backend of variants) {
  let answered = 0;
  let worst = 0;
  bar.start(wanted, 0, { name: backend.name });
  for (let seed = Number(values.seed); answered < wanted; seed++) {
    for (const check of laws) {
      const { status, margin, message } = await runCheck(backend, check, seed);
      if (status === "unsupported") continue;
      answered += 1;
      worst = Math.max(worst, Number(margin ?? 0));
      if (status === "pass") continue;
      alarms += 1;
      console.error(`false alarm: ${backend.name}, ${check.id}, seed ${seed}: ${message}`);
    }
    bar.update(Math.min(answered, wanted));
  }
  bar.stop();
  console.log(`${backend.name}: ${answered} checks, worst margin ${worst.toFixed(3)}`);
}
console.log(`${alarms} false alarms`);
process.exitCode = alarms === 0 ? 0 : 1;
