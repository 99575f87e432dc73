import type { Backend } from "../../spec/index.ts";
import type { Check } from "../check.ts";
import { hold } from "./hold.ts";

/** Holds the cpu backend under a name that says how it was made. */
export const holdCpu = (name: string, backend: Backend, asks?: (check: Check) => boolean): void =>
  hold({ ...backend, name }, asks);
