import { holdsAgainstZoo } from "./zoo.ts";

// For mutation testing of the checks themselves: a mutant of a check lets a fault of these survive.
holdsAgainstZoo(["max-pool", "correlate-kernel-gradient", "batch-norm"]);
