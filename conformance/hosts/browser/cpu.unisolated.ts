import { expect, test } from "vitest";
import { checks } from "../browser-suite.ts";
import { ownOf } from "../hold-to.ts";
import { conforms } from "../vitest.ts";
import { loadBackend } from "./backend.ts";

const cpu = await loadBackend("cpu");

test("a page that is not cross-origin isolated has no shared memory", () => {
  expect(crossOriginIsolated).toBe(false);
  expect(typeof SharedArrayBuffer).toBe("undefined");
});

test("the cpu backend then runs on one thread, and says so", () => {
  expect(cpu.description).toMatch(/^no SharedArrayBuffer: 1 thread/);
});

/** Exact cases of every operator, and what it remembers between calls. */
conforms(
  cpu,
  ownOf(checks, cpu).filter(({ kind, id }) => kind === "state" || id.includes("/exact/")),
);
