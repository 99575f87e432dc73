import type { Check } from "./check.ts";
import { checksOf } from "./checks/index.ts";
import { loadFixtures } from "./load-fixtures.ts";

/** Every check of the suite, in the order in which they run; from the files, so not in a browser. */
export const suite = async (): Promise<readonly Check[]> => checksOf(loadFixtures());
