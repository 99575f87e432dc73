import cpu from "../../backends/cpu/plain/index.ts";
import { suite } from "../suite.ts";
import { conforms } from "./vitest.ts";

/**
 * The suite on the plain loops of the cpu backend, for mutation testing: every mutant of them must make
 * a check fail. MUTATE_OPERATORS narrows it to the operators that a file is about.
 */
const operators = process.env.MUTATE_OPERATORS?.split(",");
const checks = (await suite()).filter(
  ({ kind, dtype, operator }) => kind !== "size" && dtype === "f32" && (operators?.includes(operator) ?? true),
);
conforms(cpu, checks);
