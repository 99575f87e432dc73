import type { Backend } from "../../spec/index.ts";
import { suite } from "../suite.ts";
import { conforms } from "./vitest.ts";

const checks = (await suite()).filter(({ kind }) => kind !== "size");

/** Every check but the large ones, in the formats a backend takes: of ours, none may be unsupported. */
export const hold = (backend: Backend): void => {
  const own = checks.filter(({ dtype }) => backend.dtypes?.includes(dtype));
  conforms(backend, own, { mayLack: ({ id }) => id.includes("/state/threads") });
};
