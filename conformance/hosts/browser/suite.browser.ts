import { expect, inject, test } from "vitest";
import manifest from "../../manifest.json" with { type: "json" };
import { digestOf } from "../../runner/digest.ts";
import { missingFrom } from "../../runner/manifest.ts";
import { checks, fixtures } from "../browser-suite.ts";

test("the browser finds the checks that Node finds, in the same order", () => {
  expect(checks.map(({ id }) => id)).toEqual(inject("checkIds"));
});

test("the digest over checks and fixtures is the same as in Node", async () => {
  expect(await digestOf(checks, fixtures)).toBe(inject("digest"));
});

test("no check of the manifest is missing in the browser", () => {
  expect(missingFrom(checks, manifest)).toEqual([]);
});
