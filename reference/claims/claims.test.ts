import { describe, expect, test } from "vitest";
import { errata, isClauseId } from "../../spec/index.ts";
import { claims, verifiedErrata } from "./index.ts";

describe("every claim of the spec holds", () => {
  test.each(claims.map((claim) => [claim.id, claim] as const))("%s", (_, claim) => {
    const { holds, claimed, found } = claim.holds();
    expect(holds, `${claim.title}: claimed ${claimed}, found ${found}`).toBe(true);
  });

  test("each has an id of its own, and a clause that there is", () => {
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
    for (const { id, clause } of claims) expect(isClauseId(clause), id).toBe(true);
  });
});

describe("where the notes are wrong", () => {
  test.each(verifiedErrata.map((verified) => [verified.erratum, verified] as const))(
    "%s: what is printed does not hold, what the clause says does",
    (_, { printed, corrected }) => {
      const [wrong, right] = [printed(), corrected()];
      expect(wrong.holds, `claimed ${wrong.claimed}, found ${wrong.found}`).toBe(false);
      expect(right.holds, `claimed ${right.claimed}, found ${right.found}`).toBe(true);
    },
  );

  test("every erratum of the spec is run", () => {
    expect(verifiedErrata.map(({ erratum }) => erratum).sort()).toEqual(errata.map(({ id }) => id));
  });
});
