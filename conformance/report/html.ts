import { readFileSync } from "node:fs";
import { packageRoot } from "../package.ts";
import { renderReport } from "./render.ts";
import type { Report } from "./report.ts";

/** A report as one page that needs nothing else: no network, no script. */
export const reportHtml = (report: Report): string =>
  renderReport(readFileSync(new URL("conformance/report/page.eta", packageRoot), "utf8"), report);
