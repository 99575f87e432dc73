import { describe, expect, test } from "vitest";
import { clauses, errata, families, operatorNamed, operatorNames } from "../../spec/index.ts";
import { pages } from "./index.ts";
import { linked } from "./link.ts";

const written = pages();

const anchors = new Set(
  [...written].flatMap(([name, text]) => [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => `${name}#${id}`)),
);

/** The macros that pages use; each is known to render. A new one is looked at before it is added. */
const macros = new Set(
  "le ge ne max min sum frac sqrt mathrm otimes substack left right lfloor rfloor lceil rceil text int mathbb qquad quad hat omega iff bmod ldots cdots otimes mathrm sqrt langle rangle leftarrow eta partial mu sigma alpha beta epsilon delta ell odot bigl bigr gamma top dots tfrac"
    .split(" ")
    .map((name) => `\\${name}`),
);

describe("the pages of the spec", () => {
  for (const [name, text] of written) {
    test(`${name}: every link to a clause leads somewhere`, () => {
      for (const [, page, id] of text.matchAll(/\]\(([A-Z]*(?:\.md)?)#([^)]+)\)/g))
        expect(anchors).toContain(`${page || name}#${id}`);
    });

    test(`${name}: every group of TeX that is opened is closed, and every macro known`, () => {
      for (const [, tex] of text.matchAll(/```math\n([^`]*)\n```/g)) {
        const plain = tex.replaceAll(/\\[{}]/g, "");
        expect(plain.split("{").length, tex).toBe(plain.split("}").length);
        for (const [name] of tex.matchAll(/\\[A-Za-z]+/g)) expect(macros, tex).toContain(name);
      }
    });
  }

  test("every clause and every constraint has its place", () => {
    const ids = [
      ...clauses.map(({ id }) => id),
      ...operatorNames.flatMap((name) => operatorNamed(name).constraints.map(({ id }) => id)),
    ];
    for (const id of ids) expect(anchors).toContain(`${id.slice(0, id.indexOf("-"))}.md#${id.toLowerCase()}`);
  });

  test("clauses stand in the order of their numbers, from 1 on in each family, and errata have an id each", () => {
    for (const { family, clauses: members } of families) {
      const numbers = members.map(({ id }) => Number(id.slice(family.length + 1)));
      expect(members.map(({ id }) => id)).toEqual(numbers.map((number) => `${family}-${number}`));
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      expect(numbers[0]).toBe(1);
    }
    for (const { id } of errata) expect(id).toMatch(/^E-\d{3}$/);
    expect(new Set(errata.map(({ id }) => id)).size).toBe(errata.length);
  });

  test("a clause that does not exist cannot be named", () => {
    expect(linked("as CORR-4 says")).toBe("as [CORR-4](CORR.md#corr-4) says");
    expect(() => linked("as CORR-999 says")).toThrow(RangeError);
  });
});
