import cpu from "../../backends/cpu/index.ts";
import { suite } from "../suite.ts";
import { conforms } from "./vitest.ts";

/** The suite on the cpu backend alone, for mutation testing: every mutant of it must make a check fail. */
const checks = (await suite()).filter(({ kind, dtype }) => kind !== "size" && dtype === "f32");
conforms(cpu, checks);
