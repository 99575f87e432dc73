import { describe, expect, it } from "vitest";
import { type Exact, exact, exactly, magnitude, rounded } from "../../reference/index.ts";
import { random } from "../../spec/index.ts";
import { leastOutputs, statistics } from "./statistics.ts";

const { fround } = Math;
const at = { tensor: "V", offset: 0 };
const taps = 7;

/** The errors of a sliding sum of products whose additions are rounded by `round`. */
function errorsOf(seed: number, round: (value: number) => number) {
  const source = random(seed, "statistics");
  const draw = () => fround((source.next() / 2 ** 31 - 1) * 2 ** source.integer(-3, 3));
  const v = Array.from({ length: leastOutputs + taps - 1 }, draw);
  const w = Array.from({ length: taps }, draw);
  return Array.from({ length: leastOutputs }, (_, p) => {
    const terms = w.map((weight, k) => [v[p + k], weight] as const);
    const truth = terms.map(([a, b]) => exact.multiply(exactly(a), exactly(b))).reduce<Exact>(exact.add, exact.zero);
    const element = terms
      .map(([a, b]) => magnitude.multiply(magnitude.embed(a, at), magnitude.embed(b, at)))
      .reduce(magnitude.add);
    const got = terms.reduce((total, [a, b]) => round(total + round(a * b)), 0);
    return { got, exact: rounded(truth, "f64"), expected: rounded(truth, "f32"), element };
  });
}

const towardsZero = (value: number): number => {
  const nearest = fround(value);
  if (Math.abs(nearest) <= Math.abs(value)) return nearest;
  const bits = new Uint32Array(new Float32Array([nearest]).buffer);
  bits[0] -= 1;
  return new Float32Array(bits.buffer)[0];
};

const read = (seed: number, round: (value: number) => number) =>
  statistics(errorsOf(seed, round), { algorithm: "direct" }, "f32", taps);

describe("the statistics of errors", () => {
  it("raise no alarm over roundings to nearest", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { rms, bias } = read(seed, fround);
      expect(rms).toBeLessThan(1);
      expect(Math.abs(bias)).toBeLessThan(1);
    }
  });

  it("see that roundings go towards zero", () => {
    for (let seed = 1; seed <= 10; seed++) expect(read(seed, towardsZero).bias).toBeLessThan(-1);
  });

  it("see that digits are lost, though every error is within its own bound", () => {
    const short = (value: number) => fround(fround(value * 33) - fround(value * 32));
    for (let seed = 1; seed <= 10; seed++) expect(read(seed, short).rms).toBeGreaterThan(1);
  });
});
