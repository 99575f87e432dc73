import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { packageRoot } from "../package.ts";
import { runChecks } from "../runner/run-checks.ts";
import { suite } from "../suite.ts";
import backend from "./backend.ts";

const text = (path: string): string => readFileSync(new URL(path, packageRoot), "utf8");

it("the README shows the example backend as it is, in fewer than forty lines", () => {
  const example = text("conformance/examples/backend.ts").trim();
  expect(text("README.md")).toContain(`\`\`\`ts\n${example}\n\`\`\``);
  expect(example.split("\n").length).toBeLessThan(40);
});

it("the example passes whatever it supports", async () => {
  const own = (await suite()).filter(({ operator, dtype }) => operator === "correlate" && dtype === "f32");
  const records = await runChecks(backend, own);
  expect(records.filter(({ status }) => status === "fail" || status === "error")).toEqual([]);
  expect(records.filter(({ status }) => status === "pass").length).toBeGreaterThan(50);
});
