import { describe, expect, it } from "vitest";
import cpu from "../../backends/cpu/plain/index.ts";
import type { Backend, Tensor } from "../../spec/index.ts";
import { sizeChecks } from "./size.ts";

/** The cpu backend, with every element of the output past a limit left at zero. */
const capped = (limit: number): Backend => ({
  ...cpu,
  operators: Object.fromEntries(
    Object.entries(cpu.operators).map(([name, run]) => [
      name,
      (inputs: never, attributes: never) => {
        const { Z } = run(inputs, attributes) as unknown as { Z: Tensor };
        return { Z: { ...Z, data: Z.data.fill(0, Math.min(limit, Z.data.length)) } };
      },
    ]),
  ),
});

const named = (name: string) => sizeChecks.filter(({ id }) => id.includes(`/${name}@`));

describe("size checks", () => {
  it.each(sizeChecks.map((check) => [check.id, check] as const))("%s passes on a correct backend", async (_, check) => {
    expect((await check.run(cpu, 1)).status).toBe("pass");
  });

  it("see a dispatch that is capped at 65,535", async () => {
    for (const name of ["many-samples", "many-kernels", "long-row", "many-channels"])
      for (const check of named(name)) expect((await check.run(capped(65_535), 1)).status, check.id).toBe("fail");
  });

  it("see places that stop at 2^24 and columns that stop at 2048", async () => {
    for (const check of named("past-2-24")) expect((await check.run(capped(2 ** 24), 1)).status, check.id).toBe("fail");
    for (const check of named("past-2048")) expect((await check.run(capped(2048), 1)).status, check.id).toBe("fail");
  });

  it("see a sum that is cut short", async () => {
    const short: Backend = {
      ...cpu,
      operators: {
        correlate: ({ V, K }, a) => {
          const data = K.data.slice();
          data.fill(0, 4096 * 2, 4096 * 3);
          return (cpu.operators.correlate as NonNullable<typeof cpu.operators.correlate>)({ V, K: { ...K, data } }, a);
        },
      },
    };
    for (const check of named("long-sum"))
      if (check.operator === "correlate") expect((await check.run(short, 1)).status).toBe("fail");
  });
});
