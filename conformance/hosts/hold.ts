import type { Backend } from "../../spec/index.ts";
import { suite } from "../suite.ts";
import { holdTo } from "./hold-to.ts";

const checks = await suite();

/** Every check but the large ones, in the formats a backend takes: of ours, none may be unsupported. */
export const hold = (backend: Backend): void => holdTo(checks, backend);
