import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Fixtures, fixturesOf } from "./fixtures.ts";
import { packageRoot } from "./package.ts";

const directory = fileURLToPath(new URL("fixtures/", packageRoot));

const isSchema = (path: string): boolean => path.endsWith(".schema.json");

function read(): Fixtures {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".json") && !isSchema(path))
    .sort();
  return fixturesOf(new Map(paths.map((path) => [path, readFileSync(`${directory}${path}`, "utf8")])));
}

let fixtures: Fixtures | undefined;

/** Every fixture of the package, in the order of their paths; the files are read once. */
export function loadFixtures(): Fixtures {
  fixtures ??= read();
  return fixtures;
}
