import { describe, expect, test } from "vitest";
import {
  adaptiveWindow,
  clauseById,
  dilatedExtent,
  type Padding,
  type Rounding,
  resolvePadding,
  windowCount,
} from "../../spec/index.ts";
import { evaluateLetters } from "./letters.ts";

const upTo = (n: number, from = 1): readonly number[] => Array.from({ length: n - from + 1 }, (_, at) => from + at);

const letters = (clause: string, known: Readonly<Record<string, number>>, attributes: object = {}) =>
  evaluateLetters(clauseById(clause), known, attributes);

const whole = (value: number) => ({ n: BigInt(value), d: 1n });

/** Every axis of N ≤ 9 cells under a window of F ≤ N + 4 cells at stride S ≤ 4. */
const axes = upTo(9).flatMap((N) => upTo(N + 4).flatMap((F) => upTo(4).map((S) => ({ N, F, S }))));

describe("the printed extents are those that operators resolve", () => {
  test("SHAPE-1: valid", () => {
    for (const { N, F } of axes.filter(({ N, F }) => F <= N))
      expect(letters("SHAPE-1", { N, F }).O).toEqual(whole(windowCount(N, F, 1, 0, 0, "floor")));
  });

  test("SHAPE-2 and SHAPE-5: stride and rounding, padding given", () => {
    for (const { N, F, S } of axes) {
      for (const a of upTo(3, 0)) {
        for (const z of upTo(6, 0).filter((cells) => N + a + cells >= F)) {
          for (const rounding of ["floor", "ceil", "strict"] as const satisfies readonly Rounding[]) {
            const { O } = letters("SHAPE-5", { N, F, S, a, z }, { rounding });
            if (a === z) expect(letters("SHAPE-2", { N, F, S, P: a }, { rounding }).O).toEqual(O);
            if (rounding === "strict" && (N + a + z - F) % S !== 0) expect(O.d).not.toBe(1n);
            else expect(O).toEqual(whole(windowCount(N, F, S, a, z, rounding)));
          }
        }
      }
    }
  });

  test("SHAPE-2: 7 cells, a window of 3 and stride 3 leave 7/3", () => {
    expect(letters("SHAPE-2", { N: 7, F: 3, S: 3, P: 0 }, { rounding: "strict" }).O).toEqual({ n: 7n, d: 3n });
  });

  test("SHAPE-2: under ceil a window that floor does not have begins on or before the last input element", () => {
    for (const { N, F, S } of axes) {
      for (const z of upTo(9, 0).filter((cells) => N + cells >= F)) {
        const known = { N, F, S, a: 0, z };
        const [floor, ceil] = ["floor", "ceil"].map((rounding) => letters("SHAPE-5", known, { rounding }).O.n);
        expect(ceil === floor || (ceil === floor + 1n && Number(floor) * S < N), JSON.stringify(known)).toBe(true);
      }
    }
  });

  test("SHAPE-3: same and same-lower", () => {
    for (const { N, F, S } of axes) {
      for (const padding of ["same", "same-lower"] as const satisfies readonly Padding[]) {
        const [begin, end] = resolvePadding(padding, 0, N, F, S);
        const { a, z, O } = letters("SHAPE-3", { N, F, S }, { padding });
        expect([a, z]).toEqual([whole(begin), whole(end)]);
        for (const rounding of ["floor", "ceil"] as const)
          expect(O).toEqual(whole(windowCount(N, F, S, begin, end, rounding)));
        if (S === 1 && F % 2 === 1) expect(a).toEqual(whole((F - 1) / 2));
      }
    }
  });

  test("SHAPE-4: full", () => {
    for (const { N, F } of axes) {
      const [begin, end] = resolvePadding("full", 0, N, F, 1);
      const { P, O } = letters("SHAPE-4", { N, F });
      expect([P, P, O]).toEqual([whole(begin), whole(end), whole(windowCount(N, F, 1, begin, end, "floor"))]);
    }
  });

  test("SHAPE-6: dilation", () => {
    for (const R of upTo(5))
      for (const d of upTo(4)) expect(letters("SHAPE-6", { R, d }).F).toEqual(whole(dilatedExtent(R, d)));
  });

  test("SHAPE-7: a window of six leaves 11, 6 and 1 of 16 cells", () => {
    expect(upTo(3).map((L) => letters("SHAPE-7", { N: 16, F: 6, L }).O)).toEqual([11, 6, 1].map(whole));
    expect(upTo(3).reduce((n) => windowCount(n, 6, 1, 0, 0, "floor"), 16)).toBe(1);
  });

  test("SHAPE-8: the ceiling form is the floor form", () => {
    for (const { N: M, F: l, S: k } of axes.filter(({ N, F }) => F <= N)) {
      const { O, Q } = letters("SHAPE-8", { M, l, k });
      expect([O, Q]).toEqual([Q, whole(windowCount(M, l, k, 0, 0, "floor"))]);
    }
  });

  test("POOL-7: the windows of a grid cover every cell, and none is empty", () => {
    for (const X of upTo(9)) {
      for (const P of upTo(12)) {
        const windows = upTo(P - 1, 0).map((p) => {
          const { f, t } = letters("POOL-7", { p, P, X });
          const [from, to] = adaptiveWindow(p, P, X);
          expect([f, t]).toEqual([whole(from), whole(to)]);
          return [from, to] as const;
        });
        expect(windows[0][0]).toBe(0);
        expect(windows[P - 1][1]).toBe(X);
        for (const [p, [from, to]] of windows.entries()) {
          expect(to).toBeGreaterThan(from);
          if (p > 0) expect(windows[p - 1][1] - from).toBe((p * X) % P === 0 ? 0 : 1);
        }
        const extents = windows.map(([from, to]) => to - from);
        expect(Math.max(...extents) - Math.min(...extents)).toBeLessThanOrEqual(1);
      }
    }
  });

  test("INV-5: under padding same a stride of s leaves one value for every s", () => {
    for (const { N: X, F, S: s } of axes) {
      const [begin, end] = resolvePadding("same", 0, X, F, s);
      expect(letters("INV-5", { X, s }).O).toEqual(whole(windowCount(X, F, s, begin, end, "floor")));
    }
  });
});
