import { Eta } from "eta/core";
import type { Report } from "./report.ts";
import { viewOf } from "./view.ts";

/**
 * A report as one page that needs nothing else: no network, no script.
 * @param template the text of page.eta
 */
export const renderReport = (template: string, report: Report): string =>
  new Eta({ autoEscape: true, varName: "it" }).renderString(template, viewOf(report));
