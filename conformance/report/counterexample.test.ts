import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import cpu from "../../backends/cpu/index.ts";
import type { Backend } from "../../spec/index.ts";
import { caseCheck } from "../checks/case.ts";
import { packageRoot } from "../package.ts";
import { runChecks } from "../runner/run-checks.ts";
import { suite } from "../suite.ts";

const { correlate, convolve } = cpu.operators as Required<Pick<Backend["operators"], "correlate" | "convolve">>;
const flipped: Backend = { ...cpu, name: "flipped", operators: { correlate: convolve, convolve: correlate } };

it("a broken law gives a fixture that is valid, fails again, and passes on a correct backend", async () => {
  const laws = (await suite()).filter(({ id }) => id === "correlate/law/reference-exact@f32");
  const [{ failure }] = await runChecks(flipped, laws);
  const fixture = failure?.counterexample;
  if (fixture === undefined) throw new Error("the law gave no counterexample");
  const schema = JSON.parse(readFileSync(new URL("fixtures/case.schema.json", packageRoot), "utf8")) as object;
  const validate = new Ajv().compile(schema);
  expect(validate(JSON.parse(JSON.stringify(fixture))), JSON.stringify(validate.errors)).toBe(true);
  const check = caseCheck(fixture, "f32");
  expect((await check.run(flipped, 1)).status).toBe("fail");
  expect((await check.run(cpu, 1)).status).toBe("pass");
});
