import { describe, expect, test } from "vitest";
import { type Clause, clauseById } from "../../spec/index.ts";
import { checksOf } from "../checks/index.ts";
import { loadFixtures } from "../load-fixtures.ts";
import type { GapKind } from "./gaps.ts";
import { ranIn } from "./ran.ts";
import { type Registry, registryOf } from "./registry.ts";
import { traceText } from "./text.ts";
import { traceOf } from "./trace.ts";

const fixtures = loadFixtures();
const registry = registryOf(await checksOf(fixtures), fixtures);

const held = { claimed: "1", found: "1", holds: true };
const failing = { claimed: "1", found: "2", holds: false };

/** The registry with claims that are not run again for every change. */
const quiet: Registry = { ...registry, claims: registry.claims.map((claim) => ({ ...claim, holds: () => held })) };
const before = new Set(traceOf(quiet).gaps.map((gap) => JSON.stringify(gap)));

/** The gaps that a change of the registry opens, beside those there are without it. */
const opened = (change: Partial<Registry>): { readonly kind: GapKind; readonly about: string }[] =>
  traceOf({ ...quiet, ...change })
    .gaps.filter((gap) => !before.has(JSON.stringify(gap)))
    .map(({ kind, about }) => ({ kind, about }));

const without = <T>(things: readonly T[], drop: (thing: T) => boolean): readonly T[] =>
  things.filter((thing) => !drop(thing));

const changed = (id: string, change: Partial<Clause>): readonly Clause[] =>
  registry.clauses.map((clause) => (clause.id === id ? { ...clause, ...change } : clause));

test("the spec has no gap", { timeout: 60_000 }, () => {
  const trace = traceOf(registry);
  expect(trace.gaps.map(({ about, message }) => `${about} ${message}`)).toEqual([]);
  expect(traceText(trace)).toContain("no gap");
});

describe("each kind of gap is found", () => {
  test("a clause that nothing holds", () => {
    const clauses = [
      ...registry.clauses,
      { ...clauseById("CORR-1"), id: "CORR-999", source: [], errata: [] } as Clause,
    ];
    expect(opened({ clauses })).toEqual([{ kind: "clause-unheld", about: "CORR-999" }]);
  });

  test("a clause whose checks are all gone", () => {
    const checks = without(registry.checks, ({ clauses }) => clauses.includes("CORR-7"));
    expect(opened({ checks })).toContainEqual({ kind: "clause-unheld", about: "CORR-7" });
  });

  test("a formula that nothing runs", () => {
    expect(opened({ clauses: changed("CORR-4", { instance: undefined }) })).toEqual([
      { kind: "formula-idle", about: "CORR-4" },
    ]);
  });

  test("a constraint without a negative case, for one of the operators that enforce it", () => {
    const refusals = without(
      registry.refusals,
      ({ constraint, operator }) => constraint === "CORR-4.C1" && operator === "correlate",
    );
    expect(opened({ refusals })).toEqual([{ kind: "constraint-unheld", about: "CORR-4.C1" }]);
  });

  test("a check that names a clause that is not there", () => {
    const checks = [...registry.checks, { id: "correlate/law/odd@f32", clauses: ["CORR-0"], kind: "law" } as const];
    expect(opened({ checks })).toEqual([{ kind: "dead-id", about: "correlate/law/odd@f32" }]);
  });

  test("a negative case that names a constraint that is not there", () => {
    const refusal = { constraint: "CORR-4.C99", operator: "correlate", check: "correlate/constraint/odd@f32" } as const;
    expect(opened({ refusals: [...registry.refusals, refusal] })).toEqual([{ kind: "dead-id", about: refusal.check }]);
  });

  test("an operator, a constraint and a claim that name a clause that is not there", () => {
    const operators = [
      ...registry.operators,
      { name: "correlate", clauses: ["ODD-1"], constraints: [{ id: "ODD-2.C1", statement: "" }] } as const,
    ];
    const claims = [{ id: "odd/claim", clause: "COST-0", title: "", holds: () => held } as const];
    expect(opened({ operators })).toEqual([
      { kind: "constraint-unheld", about: "ODD-2.C1" },
      { kind: "dead-id", about: "correlate" },
      { kind: "dead-id", about: "ODD-2.C1" },
    ]);
    expect(opened({ claims: [...quiet.claims, ...claims] })).toEqual([{ kind: "dead-id", about: "odd/claim" }]);
  });

  test("a claim that does not hold", () => {
    const claims = registry.claims.map((claim) => ({
      ...claim,
      holds: () => (claim.id === "cost/megapixel" ? failing : held),
    }));
    expect(opened({ claims })).toEqual([{ kind: "claim-fails", about: "cost/megapixel" }]);
  });

  test("an erratum that is not run, and one that no clause has", () => {
    expect(opened({ verifiedErrata: without(registry.verifiedErrata, (id) => id === "E-003") })).toEqual([
      { kind: "erratum-not-run", about: "E-003" },
    ]);
    expect(opened({ verifiedErrata: [...registry.verifiedErrata, "E-999"] })).toEqual([
      { kind: "dead-id", about: "E-999" },
    ]);
  });

  test("a heading of the notes that is unaccounted for, and one that leads nowhere", () => {
    const entry = { note: "003", heading: "Odd", clauses: [] } as const;
    const about = "003, “Odd”";
    expect(opened({ notes: [...registry.notes, entry] })).toEqual([{ kind: "heading-unaccounted", about }]);
    expect(opened({ notes: [...registry.notes, { ...entry, clauses: ["CORR-0"] }] })).toEqual([
      { kind: "dead-id", about },
    ]);
    expect(opened({ notes: [...registry.notes, { ...entry, kernels: ["odd"] }] })).toEqual([
      { kind: "dead-id", about },
    ]);
    expect(opened({ notes: [...registry.notes, { ...entry, reason: "history" }] })).toEqual([]);
  });

  test("a clause with a source that no heading leads to", () => {
    const notes = without(registry.notes, ({ clauses }) => clauses.includes("COST-5"));
    expect(opened({ notes })).toContainEqual({ kind: "clause-not-in-notes", about: "COST-5" });
  });
});

describe("with a report", () => {
  const report = (status: "pass" | "unsupported", ids: readonly string[]) =>
    ({ backends: [{ checks: ids.map((id) => ({ id, status })) }] }) as unknown as Parameters<typeof ranIn>[0];
  const all = registry.checks.map(({ id }) => id);

  test("a clause counts as run where one of its checks was supported", () => {
    const trace = traceOf(quiet, ranIn(report("pass", all)));
    expect(trace.gaps.filter(({ kind }) => kind === "clause-not-run")).toEqual([]);
    expect(trace.cases.every(({ ran }) => ran)).toBe(true);
    expect(trace.clauses.find(({ id }) => id === "CORR-4")?.ran).toBe(true);
  });

  test("a clause whose checks all were unsupported, or not put at all, is a gap", () => {
    for (const ran of [ranIn(report("unsupported", all)), ranIn(report("pass", []))]) {
      const notRun = traceOf(quiet, ran).gaps.filter(({ kind }) => kind === "clause-not-run");
      expect(notRun.map(({ about }) => about)).toContain("CORR-4");
      // A clause with claims is run wherever the trace is.
      expect(notRun.map(({ about }) => about)).not.toContain("COST-5");
    }
  });
});
