import type { Check, Kind } from "./check.ts";
import { checksOf } from "./checks/index.ts";
import { loadFixtures } from "./load-fixtures.ts";

/** Every check of the suite, or of some kinds, in the order in which they run; from the files, so not in a browser. */
export const suite = (kinds?: readonly Kind[]): Promise<readonly Check[]> => checksOf(loadFixtures(), kinds);
