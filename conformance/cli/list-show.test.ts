import { describe, expect, test } from "vitest";
import { convspec } from "./convspec.testing.ts";

describe.concurrent("convspec list and show", { timeout: 60_000 }, () => {
  test("list prints the checks that match", async () => {
    const { code, stdout } = await convspec(["list", "--clause", "CORR-4", "--dtype", "f32", "--json"]);
    expect(code).toBe(0);
    const listed = JSON.parse(stdout) as { id: string; clauses: string[]; dtype: string }[];
    expect(listed.length).toBeGreaterThan(3);
    for (const { clauses, dtype } of listed) expect([clauses.includes("CORR-4"), dtype]).toEqual([true, "f32"]);
  });

  test("list --clauses prints every clause", async () => {
    const { stdout } = await convspec(["list", "--clauses"]);
    expect(stdout).toMatch(/^CORR-4 .*checks$/m);
    expect(stdout).toMatch(/^POOL-2 /m);
  });

  test.each(["CORR-4", "CORR-4.C1"])("show %s prints the clause", async (id) => {
    const { code, stdout } = await convspec(["show", id]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CORR-4 · /);
    for (const part of ["formula", "symbols", "constraints", "source", "errata", "checks"])
      expect(stdout).toMatch(new RegExp(`^${part} `, "m"));
  });

  test("show prints inputs, what is expected and the window of an element", async () => {
    const { code, stdout } = await convspec(["show", "correlate/exact/stride-2d@f32", "--at", "0,1,0,1"]);
    expect(code).toBe(0);
    expect(stdout).toContain("V [1,3,7,9]");
    expect(stdout).toContain("expected Z [1,2,3,3]");
    expect(stdout).toContain("V[0,0..2,0..1,3..5] = ");
  });

  test("show says that the call of a constraint check is refused", async () => {
    const { stdout } = await convspec(["show", "max-pool/constraint/strict-does-not-fit@f32"]);
    expect(stdout).toContain("the call is refused: POOL-1.C11");
  });

  test("an id that is not there is wrong usage, and the nearest is named", async () => {
    const { code, stderr } = await convspec(["show", "CORR-99"]);
    expect(code).toBe(2);
    expect(stderr).toContain("there is no clause or check CORR-99 (did you mean CORR-9?)");
  });
});
