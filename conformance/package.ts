import { existsSync, readFileSync } from "node:fs";

/** The directory of package.json: above dist/ when compiled, above conformance/ when run from source. */
const rootAbove = (directory: URL): URL =>
  existsSync(new URL("package.json", directory)) ? directory : rootAbove(new URL("../", directory));

/** Where the package's data lies: schemas, fixtures, templates. Ends in a slash. */
export const packageRoot: URL = rootAbove(new URL("./", import.meta.url));

const { version } = JSON.parse(readFileSync(new URL("package.json", packageRoot), "utf8")) as { version: string };

/** The version of convspec. */
export const packageVersion: string = version;

/** Whether this very program runs from its TypeScript source rather than from dist/. */
export const fromSource: boolean = import.meta.url.endsWith(".ts");

/** The root of the floors (spec, reference, backends, conformance) as they run: dist/, or the source. */
export const floors: URL = new URL("../", import.meta.url);

/** A module of the package, by its path on the floors without extension. */
export const moduleUrl = (path: string): URL => new URL(`${path}${fromSource ? ".ts" : ".js"}`, floors);

/** A data file of the package that is read as JSON. */
export const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, packageRoot), "utf8"));
