/**
 * Writes the pages of the spec from its clauses: spec/README.md and one page a family.
 *
 *   npx tsx tools/pages.ts            writes them
 *   npx tsx tools/pages.ts --check    writes nothing; exits 1 if one is stale, missing or left over
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { heading, pages } from "./pages/index.ts";

const folder = fileURLToPath(new URL("../spec/", import.meta.url));
const read = (name: string): string => (existsSync(folder + name) ? readFileSync(folder + name, "utf8") : "");

const wanted = pages();
const leftOver = readdirSync(folder).filter(
  (name) => name.endsWith(".md") && !wanted.has(name) && read(name).startsWith(heading),
);
const stale = [...wanted].filter(([name, text]) => read(name) !== text).map(([name]) => name);

if (process.argv.includes("--check")) {
  for (const name of stale) console.error(`spec/${name} is stale: run npx tsx tools/pages.ts`);
  for (const name of leftOver) console.error(`spec/${name} belongs to no family: run npx tsx tools/pages.ts`);
  process.exitCode = stale.length + leftOver.length > 0 ? 1 : 0;
} else {
  for (const name of stale) writeFileSync(folder + name, wanted.get(name) as string);
  for (const name of leftOver) rmSync(folder + name);
  console.log(`${wanted.size} pages, ${stale.length} written, ${leftOver.length} removed`);
}
