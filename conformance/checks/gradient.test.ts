import { describe, expect, it } from "vitest";
import type { Backend, OperatorName } from "../../spec/index.ts";
import { invoke } from "../invoke.ts";
import reference from "../known-good/reference-f32.ts";
import { gradientChecks } from "./gradient.ts";

const check = (id: string) => {
  const found = gradientChecks.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`there is no check ${id}`);
  return found;
};

/** The reference in f32 with some operators only. */
const only = (...names: OperatorName[]): Backend => ({
  ...reference,
  operators: Object.fromEntries(names.map((name) => [name, reference.operators[name]])),
});

/** A backend whose first output of one operator is off by one in the first element. */
const off = (backend: Backend, operator: OperatorName): Backend => ({
  ...backend,
  operators: {
    ...backend.operators,
    [operator]: async (inputs: never, attributes: never) => {
      const outputs = await invoke(backend, { operator, inputs, attributes });
      const [first] = Object.values(outputs);
      if (first.data.length > 0) first.data[0] += 1;
      return outputs;
    },
  },
});

const identities = ["central-difference", "adjoint"].map((name) =>
  check(`correlate-input-gradient/gradient/${name}@f32`),
);

describe("a gradient is held to its forward operator", () => {
  it("leaves windows without an element out, whose norm has no derivative", async () => {
    for (const name of ["dual", "dual-real"])
      for (const seed of [7, 11]) {
        const verdict = await check(`l2-pool-gradient/gradient/${name}@f32`).run(reference, seed);
        expect(verdict.status).toBe("pass");
      }
  });

  it("has ids that differ", () => {
    expect(new Set(gradientChecks.map(({ id }) => id)).size).toBe(gradientChecks.length);
  });

  it("passes where both are right, with nothing left of what is allowed on integers", async () => {
    for (const { run } of identities) expect(await run(reference, 1)).toEqual({ status: "pass", margin: 0 });
  });

  it("takes the reference for a forward operator that is not there", async () => {
    const backend = only("correlate-input-gradient");
    for (const { run } of identities) {
      expect(await run(backend, 1)).toMatchObject({ status: "pass" });
      expect(await run(off(backend, "correlate-input-gradient"), 1)).toMatchObject({ status: "fail" });
    }
  });

  it("takes the reference for a gradient that is not there: it finds a wrong forward operator, and passes nothing", async () => {
    const backend = only("correlate");
    for (const { run } of identities) {
      expect(await run(backend, 1)).toMatchObject({ status: "unsupported", reason: expect.stringContaining("agrees") });
    }
    const [{ run }] = identities;
    const strided: Backend = {
      ...backend,
      operators: {
        correlate: (inputs, attributes) => {
          const outputs = reference.operators.correlate?.(inputs, attributes);
          if (attributes.stride.every((s) => s === 1)) return outputs as never;
          return invoke(reference, { operator: "correlate", inputs, attributes }).then(({ Z }) => {
            return { Z: { ...Z, data: Z.data.map((value) => 2 * value) } };
          });
        },
      },
    };
    expect(await run(strided, 1)).toMatchObject({ status: "fail", failure: { invocation: { operator: "correlate" } } });
  });

  it("says which element of which operator is wrong", async () => {
    const verdict = await identities[0].run(off(reference, "correlate-input-gradient"), 1);
    expect(verdict).toMatchObject({
      status: "fail",
      failure: {
        message: expect.stringMatching(
          /^for V of correlate, the central difference .* is .*, the gradient along it is/,
        ),
        deviation: { output: "dV", wrong: 1 },
        invocation: { operator: "correlate-input-gradient" },
      },
    });
  });

  it("allows real data its derived error and no more", async () => {
    const { run } = check("correlate-kernel-gradient/gradient/dual-real@f32");
    const verdict = await run(reference, 1);
    expect(verdict).toMatchObject({ status: "pass" });
    expect(verdict.status === "pass" && verdict.margin).toBeGreaterThan(0);
  });
});
