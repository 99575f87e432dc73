import cpu from "../../backends/cpu/index.ts";
import type { Backend } from "../../spec/index.ts";
import { naive } from "../known-good/naive.ts";
import f16 from "../known-good/reference-f16.ts";
import f32 from "../known-good/reference-f32.ts";
import f64 from "../known-good/reference-f64.ts";
import { suite } from "../suite.ts";
import { conforms } from "./vitest.ts";

const checks = (await suite()).filter(({ kind }) => kind !== "size");

/** Every check in the formats a backend takes: none of them may be unsupported. */
const hold = (backend: Backend): void => {
  const own = checks.filter(({ dtype }) => backend.dtypes?.includes(dtype));
  conforms(backend, own, { mayLack: ({ id }) => id.includes("/state/threads") });
};

/** One that takes the last option of every choice, where the others take the first. */
const otherwise: Backend = { ...naive("f32", { nan: "ignore", ties: "last" }), name: "reference-f32-otherwise" };

for (const backend of [f16, f32, f64, cpu, otherwise]) hold(backend);
