import type { Backend } from "../../spec/index.ts";
import { hold } from "./hold.ts";

/** Holds the cpu backend under a name that says how it was made. */
export const holdCpu = (name: string, backend: Backend): void => hold({ ...backend, name });
