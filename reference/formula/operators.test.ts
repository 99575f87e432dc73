import { describe, expect, test } from "vitest";
import { type Axes, random } from "../../spec/index.ts";
import { disagreement } from "./agreement.ts";
import { drawable, drawCall } from "./draw-call.ts";

const seed = 20_231;
const calls = 60;

describe("the printed formula of an operator equals its reference", () => {
  for (const name of drawable) {
    for (const axes of [1, 2, 3] as const satisfies readonly Axes[]) {
      test(`${name}, ${axes} spatial axes`, () => {
        const r = random(seed, `formula/${name}/${axes}`);
        for (let at = 0; at < calls; at++) {
          const { inputs, attributes } = drawCall(r, name, { axes });
          expect(disagreement(name, inputs, attributes), JSON.stringify(attributes)).toBeUndefined();
        }
      });
    }
  }
});
