import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reportHtml } from "./html.ts";
import type { Report } from "./report.ts";

export const reportJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;

/**
 * Writes report.json and report.html into a directory, which is made where it is not there.
 * @returns their paths
 */
export async function writeReport(directory: string, report: Report): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true });
  const files = [
    [join(directory, "report.json"), reportJson(report)],
    [join(directory, "report.html"), reportHtml(report)],
  ] as const;
  for (const [path, text] of files) await writeFile(path, text);
  return files.map(([path]) => path);
}
