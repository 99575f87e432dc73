import { expect, test } from "vitest";
import { type Kind, kinds } from "../check.ts";
import { suite } from "../suite.ts";

const whole = await suite();
const idsOf = (asked: readonly Kind[]): string[] =>
  whole.filter(({ kind }) => asked.includes(kind)).map(({ id }) => id);

const some: readonly (readonly Kind[])[] = [...kinds.map((kind) => [kind]), ["law", "case", "size"]];

test.each(some.map((asked) => ({ asked })))(
  "the checks of some kinds are those of the whole suite, in its order: $asked",
  async ({ asked }) => {
    const checks = await suite(asked);
    expect(checks.map(({ id }) => id)).toEqual(idsOf(asked));
    expect(checks.length).toBeGreaterThan(0);
  },
);
