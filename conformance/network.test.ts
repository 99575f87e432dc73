import { describe, expect, test } from "vitest";
import cpu from "../backends/cpu/plain/index.ts";
import {
  dual,
  type Exact,
  elements,
  embed,
  embedded,
  encode,
  exact,
  learn,
  rounded,
  run,
  sum,
  type TensorOf,
} from "../reference/index.ts";
import { type Backend, type OperatorName, random, type Tensor } from "../spec/index.ts";
import { networkChecks } from "./checks/network.ts";
import rounding from "./known-good/reference-f32.ts";
import { loadFixtures } from "./load-fixtures.ts";
import { givenOf, type NetworkFixture } from "./network/fixture.ts";

const { networks } = loadFixtures();

/** Integers of [−7, 8], the same for the same name. */
function direction(name: string, { shape, data }: Tensor): TensorOf<Exact> {
  const { integer } = random(1, name);
  return embed(
    exact,
    name,
    encode(
      "f64",
      shape,
      Array.from(data, () => integer(-7, 8)),
    ),
  );
}

describe("backward through a network is the derivative of its error, exactly", () => {
  test.each(networks.map((fixture) => [fixture.id, fixture] as const))("%s", (id, fixture) => {
    const given = givenOf(fixture);
    const { gradients } = run(exact, learn(fixture, embedded(exact, given)));
    const directions = Object.entries({ ...given.parameters, x: given.x }).map(
      ([name, tensor]) => [name, elements(direction(`${id}/${name}`, tensor))] as const,
    );
    const along = new Map(directions);
    const d = dual(({ tensor, offset }) => rounded(along.get(tensor)?.[offset] ?? exact.zero, "f64"));
    const { loss } = run(d, learn(fixture, embedded(d, given)));
    const found = sum(
      exact,
      directions.flatMap(([name, slopes]) =>
        elements(gradients[name]).map((slope, at) => exact.multiply(slope, slopes[at])),
      ),
    );
    expect(exact.compare(found, exact.zero)).not.toBe(0);
    expect(exact.compare(found, loss.at().slope)).toBe(0);
  });
});

type Break = (run: (inputs: object, attributes: object) => unknown) => (inputs: object, attributes: object) => unknown;

/** The cpu backend with one operator broken. */
const broken = (operator: OperatorName, change: Break): Backend => ({
  ...cpu,
  operators: { ...cpu.operators, [operator]: change(cpu.operators[operator] as Parameters<Break>[0]) },
});

/** The ids of the checks of a network that fail, and what they say. */
async function failures(fixture: NetworkFixture, backend: Backend): Promise<Record<string, string>> {
  const failed: Record<string, string> = {};
  for (const check of networkChecks(fixture)) {
    const verdict = await check.run(backend, 1);
    if (verdict.status !== "pass")
      failed[check.id] = verdict.status === "fail" ? verdict.failure.message : verdict.status;
  }
  return failed;
}

const named = (name: string): NetworkFixture => networks.find(({ id }) => id === `network/${name}`) as NetworkFixture;

describe("what the checks of a network catch", () => {
  test("a shortcut that is left out", async () => {
    const alone = ({ b }: { readonly b: Tensor }) => ({ Z: { ...b, data: b.data.slice() } });
    const failed = await failures(
      named("residual-block"),
      broken("add", () => alone as never),
    );
    expect(Object.keys(failed)).toHaveLength(2);
    expect(failed["network/residual-block/step-1@f32"]).toMatch(/of y are wrong: add went wrong first/);
  });

  test("a branch that takes back the gradient of another", async () => {
    const another: Break = (run) => (inputs, attributes) => {
      const { channels, part } = attributes as { readonly channels: readonly number[]; readonly part: number };
      return run(inputs, { channels, part: channels.lastIndexOf(channels[part]) });
    };
    const failed = await failures(named("inception-block"), broken("concatenate-gradient", another));
    expect(failed["network/inception-block/step-1@f32"]).toMatch(/concatenate-gradient went wrong first/);
  });

  test("a kernel that is kept from the step before", async () => {
    const kept: Break = (run) => {
      const kernels = new Map<string, Tensor>();
      return (inputs, attributes) => {
        const { K } = inputs as { readonly K: Tensor };
        const key = String(K.shape);
        if (!kernels.has(key)) kernels.set(key, { ...K, data: K.data.slice() });
        return run({ ...inputs, K: kernels.get(key) }, attributes);
      };
    };
    const failed = await failures(named("three-stage-layer"), broken("correlate", kept));
    expect(Object.keys(failed)).toEqual(["network/three-stage-layer/step-2@f32"]);
  });

  test("a step that is one hundredth too long", async () => {
    const longer: Break = (run) => (inputs, attributes) =>
      run(inputs, { rate: (attributes as { readonly rate: number }).rate * 1.01 });
    const failed = await failures(named("whole-network"), broken("update", longer));
    expect(Object.keys(failed)).toHaveLength(3);
    expect(failed["network/whole-network/step-1@f32"]).toMatch(/update went wrong first/);
  });

  describe("where what a transform may do is too coarse for the whole, each call is held by itself", () => {
    const coarse = (backend: Backend): Backend => ({ ...backend, declares: { algorithm: "transform" } });

    test("a correct backend passes, and says how near it came", async () => {
      for (const check of networkChecks(named("residual-block"))) {
        const verdict = await check.run(coarse(rounding), 1);
        if (verdict.status !== "pass") throw new Error(`${check.id}: ${verdict.status}`);
        expect(verdict.margin).toBeGreaterThan(0);
      }
    });

    test("a ReLU that lets a little through where it should not", async () => {
      const leaky: Break = (run) => (inputs, attributes) => {
        const { V } = inputs as { readonly V: Tensor };
        const { Z } = run(inputs, attributes) as { readonly Z: Tensor };
        return { Z: { ...Z, data: Z.data.map((z, at) => (z === 0 ? V.data[at] / 100 : z)) as typeof Z.data } };
      };
      const failed = await failures(named("residual-block"), coarse(broken("relu", leaky)));
      expect(Object.keys(failed)).toHaveLength(2);
      expect(failed["network/residual-block/step-1@f32"]).toMatch(/elements of Z are wrong/);
    });
  });

  test("an operator that is not there makes them unsupported", async () => {
    const { dense: _, ...operators } = cpu.operators;
    const [check] = networkChecks(named("whole-network"));
    const verdict = await check.run({ ...cpu, operators }, 1);
    expect(verdict).toEqual({ status: "unsupported", reason: "operator dense" });
  });
});
