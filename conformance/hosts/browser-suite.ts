/// <reference path="./virtual.d.ts" />
import { texts } from "virtual:convspec/fixtures";
// With the page, not later: a server that finds a new dependency on the way loads the page again.
import "../checks/gradient.ts";
import "../checks/law.ts";
import "../checks/size.ts";
import "../checks/state.ts";
import { checksOf } from "../checks/index.ts";
import { fixturesOf } from "../fixtures.ts";

export const fixtures = fixturesOf(texts);

/** Every check of the suite, in the order in which they run: the same as in Node. */
export const checks = await checksOf(fixtures);
