import type { Backend } from "../../spec/index.ts";
import type { Check } from "../check.ts";
import { suite } from "../suite.ts";
import { holdTo } from "./hold-to.ts";

const checks = await suite();

/**
 * Every check but the large ones, in the formats a backend takes: of ours, none may be unsupported.
 * @param asks which of them, where another test holds a backend to the others that refuses and computes the same way
 */
export const hold = (backend: Backend, asks: (check: Check) => boolean = () => true): void =>
  holdTo(checks.filter(asks), backend);
