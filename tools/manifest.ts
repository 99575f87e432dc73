import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { kinds } from "../conformance/check.ts";
import { suite } from "../conformance/suite.ts";

/**
 * Writes conformance/manifest.json: how many checks the suite has, by kind. A run that finds fewer
 * fails. With --check it writes nothing and exits 1 where the file is stale.
 */
const checks = await suite();
const byKind = Object.fromEntries(
  kinds.map((kind) => [kind, checks.filter((check) => check.kind === kind).length]).filter(([, count]) => count !== 0),
);
const content = { generator: "written by tools/manifest.ts", checks: { total: checks.length, byKind } };
const text = `${JSON.stringify(content, null, 2)}\n`;

const path = new URL("../conformance/manifest.json", import.meta.url);
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

if (!values.check) {
  writeFileSync(path, text);
  console.log(`the suite has ${checks.length} checks`);
} else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
  console.error("conformance/manifest.json is stale. Run: npm run manifest");
  process.exitCode = 1;
} else {
  console.log(`the manifest is current: ${checks.length} checks`);
}
