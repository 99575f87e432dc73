import { describe, expect, test } from "vitest";
import { type Axes, clauseById, formulasFor, operatorNamed, random } from "../../spec/index.ts";
import { difference } from "./agreement.ts";
import { drawable, drawCall } from "./draw-call.ts";
import { runFormula } from "./evaluate.ts";

/** Slips of the pen: what stands in a formula, and what could stand there by mistake. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/\(p1-1\)/, "p1"],
  [/\(p1-1\)/, "(n-1)"],
  [/\+ 1 - a1/, "- a1"],
  [/- a1/, "+ a1"],
  [/- a1/, "- z1"],
  [/- a2/, "- a1"],
  [/\*s2/, "*s1"],
  [/\*d2/, "*d1"],
  [/\(k1-1\)/, "k1"],
  [/\(R1-k1\)/, "(k1-1)"],
  [/\(ceil\(o\*G\/O\)-1\)/, "(o-1)"],
  [/\*C \+ c/, "+ c"],
  [/(?<!d)V\[n/, "V[1"],
  [/b\[o\] \+ /, ""],
  [/K\[o,c,k1,k2/, "K[o,c,k2,k1"],
  [/Max/, "Sum"],
  [/ \/ \(?Count\(.*/, ""],
  [/X1 \+ z1/, "X1"],
  [/ k1=1:R1/, " k1=2:R1"],
  [/G\[n,o/, "G[1,o"],
  [/V\[n, \(ceil\(o\/M\)-1\)\*C \+ c/, "V[n, c"],
  [/\(ceil\(l\/C\)-1\)\*M \+ m/, "m"],
  [/l - \(ceil\(l\/C\)-1\)\*C/, "ceil(l/C)"],
  [/x1-1 \+ a1/, "x1-1"],
  [/\)\/s1 \+ 1/, ")/d1 + 1"],
  [/- \(k1-1\)\*d1/, "- (R1-k1)*d1"],
  [/m=1:M/, "m=1:1"],
];

const slipped = drawable.flatMap((operator) =>
  ([1, 2, 3] as const satisfies readonly Axes[]).flatMap((axes) => {
    const defining = clauseById(operatorNamed(operator).clauses[0]);
    const r = random(7, `drift/${operator}/${axes}`);
    return (["valid", "padded"] as const).flatMap((divisor) => {
      const fixed = { divisor };
      const texts = formulasFor(defining, axes, fixed).map(({ text }) => text);
      const drawn = texts.length > 0 ? Array.from({ length: 40 }, () => drawCall(r, operator, { axes, fixed })) : [];
      return texts.flatMap((text) =>
        slips
          .filter(([right]) => right.test(text))
          .map(([right, wrong]) => ({ operator, axes, text, drifted: text.replace(right, wrong), drawn })),
      );
    });
  }),
);

describe("one slip in a formula is caught", () => {
  test("there are slips to catch in every operator", () => {
    expect(new Set(slipped.map(({ operator }) => operator))).toEqual(new Set(drawable));
  });

  for (const { operator, axes, drifted, drawn } of slipped) {
    test(`${operator}, ${axes} axes: ${drifted}`, () => {
      const caught = drawn.some(
        ({ inputs, attributes }) =>
          difference(operator, inputs, attributes, runFormula(drifted, operator, inputs, attributes)) !== undefined,
      );
      expect(caught).toBe(true);
    });
  }
});
