/// <reference path="./virtual.d.ts" />
import { texts } from "virtual:convspec/fixtures";
import { checksOf } from "../checks/index.ts";
import { fixturesOf } from "../fixtures.ts";

export const fixtures = fixturesOf(texts);

/** Every check of the suite, in the order in which they run: the same as in Node. */
export const checks = await checksOf(fixtures);
