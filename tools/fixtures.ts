import { parseArgs } from "node:util";
import type { Fixture } from "../conformance/fixture.ts";
import { constraintCases, drawnCases, typedCases } from "./cases/index.ts";
import { networkCases } from "./cases/network.ts";
import { invalid, unblessed } from "./fixtures/bless.ts";
import { drawn, typed } from "./fixtures/build.ts";
import { constraintFixture } from "./fixtures/constraints.ts";
import { isGenerated, listed, read, remove, toText, write } from "./fixtures/files.ts";
import { network } from "./fixtures/network.ts";

/**
 * Writes every generated fixture from the exact reference. With --check it writes nothing and
 * exits 1 where a file on disk is not what would be written, or is written by no one any more.
 * Either way every case, the typed ones too, must agree with the reference and the printed formula.
 */
function files(): Map<string, string> {
  const contents = new Map<string, string>();
  const add = (path: string, content: object): void => {
    if (contents.has(path)) throw new Error(`two cases are called ${path}`);
    contents.set(path, toText(content));
  };
  for (const spec of drawnCases) {
    const fixture = drawn(spec);
    add(`${fixture.id}.json`, fixture);
  }
  for (const spec of typedCases) {
    const fixture = typed(spec);
    add(`${fixture.id}.json`, fixture);
  }
  for (const spec of networkCases) add(`network/${spec.name}.json`, network(spec));
  for (const cases of constraintCases) add(`${cases.operator}/constraints.json`, constraintFixture(cases));
  return contents;
}

const isSchema = (path: string): boolean => path.endsWith(".schema.json");
const isCase = (path: string): boolean => /^[^/]+\/(exact|real|special|notes)\//.test(path);

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const wanted = files();
const onDisk = listed();
const stale = [...wanted].filter(([path, text]) => !onDisk.includes(path) || read(path) !== text).map(([path]) => path);
const dead = onDisk.filter((path) => !wanted.has(path) && isGenerated(path));

/** The files as they will stand: what is wrong with any of them stops the tool before it writes. */
const texts = new Map([
  ...onDisk.filter((path) => !isSchema(path) && !dead.includes(path)).map((path) => [path, read(path)] as const),
  ...wanted,
]);
const wrong = [...texts].flatMap(
  ([path, text]) => invalid(path, text) ?? (isCase(path) ? unblessed(JSON.parse(text) as Fixture) : undefined) ?? [],
);

if (wrong.length > 0) {
  for (const line of wrong) console.error(line);
  process.exitCode = 1;
} else if (!values.check) {
  for (const path of stale) write(path, wanted.get(path) as string);
  for (const path of dead) remove(path);
  console.log(`${wanted.size} fixtures: ${stale.length} written, ${dead.length} removed`);
} else if (stale.length + dead.length > 0) {
  for (const path of stale) console.error(`fixtures/${path} is not what tools/fixtures.ts writes`);
  for (const path of dead) console.error(`fixtures/${path} is written by no case any more`);
  console.error("Run: npm run fixtures");
  process.exitCode = 1;
} else {
  console.log(
    `${wanted.size} fixtures are current; ${texts.size} files hold against schema, reference and printed formula`,
  );
}
