import { existsSync, readFileSync } from "node:fs";
import { loadFixtures } from "../load-fixtures.ts";
import type { Report } from "../report/report.ts";
import { reportViolation } from "../report/schema.ts";
import { UsageError } from "../runner/select.ts";
import { ranIn } from "../trace/ran.ts";
import { registryOf } from "../trace/registry.ts";
import { traceText } from "../trace/text.ts";
import { traceOf } from "../trace/trace.ts";
import { loadSuite, suiteUrl } from "./load-suite.ts";
import { print } from "./output.ts";

export interface TraceOptions {
  /** A report.json: which checks ran. */
  readonly report?: string;
  readonly json?: boolean;
}

function readReport(path: string): Report {
  if (!existsSync(path)) throw new UsageError(`there is no report ${path}; \`convspec run\` writes one`);
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
  }
  const violation = reportViolation(report);
  if (violation !== undefined) throw new UsageError(`${path} is no report of convspec: ${violation}`);
  return report as Report;
}

/**
 * Prints what holds each clause, and the gaps.
 * @returns the exit code: 1 where there is a gap
 * @throws {UsageError} where the report cannot be read
 */
export async function trace({ report, json }: TraceOptions): Promise<number> {
  const ran = report === undefined ? undefined : ranIn(readReport(report));
  const traced = traceOf(registryOf(await loadSuite(suiteUrl), loadFixtures()), ran);
  print(json ? JSON.stringify(traced, undefined, 2) : traceText(traced));
  return traced.gaps.length > 0 ? 1 : 0;
}
