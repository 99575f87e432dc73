import { readFileSync } from "node:fs";
import { Eta } from "eta";
import { packageRoot } from "../package.ts";
import type { Report } from "./report.ts";
import { viewOf } from "./view.ts";

/** A report as one page that needs nothing else: no network, no script. */
export function reportHtml(report: Report): string {
  const eta = new Eta({ autoEscape: true, varName: "it" });
  return eta.renderString(readFileSync(new URL("conformance/report/page.eta", packageRoot), "utf8"), viewOf(report));
}
