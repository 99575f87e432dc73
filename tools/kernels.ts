/**
 * Writes the kernels of the notes as data: fixtures/kernels/*.json.
 *
 *   npx tsx tools/kernels.ts            writes them
 *   npx tsx tools/kernels.ts --check    writes nothing; exits 1 if one is stale, missing or left over
 */
import { listed, read, remove, toText, write } from "./fixtures/files.ts";
import { clusteredKernels } from "./kernels/clusters.ts";
import { gaborKernels } from "./kernels/gabor.ts";
import { printedKernels } from "./kernels/printed.ts";
import { randomKernels } from "./kernels/random.ts";

const kernels = [...printedKernels, ...gaborKernels, ...randomKernels(), ...clusteredKernels()];

const wanted = new Map(
  kernels.map(({ name, ...kernel }) => [
    `kernels/${name}.json`,
    toText({ $schema: "../kernel.schema.json", origin: "written by tools/kernels.ts", name, ...kernel }),
  ]),
);
const onDisk = listed().filter((path) => path.startsWith("kernels/"));
const stale = [...wanted].filter(([path, text]) => !onDisk.includes(path) || read(path) !== text).map(([path]) => path);
const leftOver = onDisk.filter((path) => !wanted.has(path));

if (process.argv.includes("--check")) {
  for (const path of stale) console.error(`fixtures/${path} is stale: run npx tsx tools/kernels.ts`);
  for (const path of leftOver) console.error(`fixtures/${path} is no kernel any more: run npx tsx tools/kernels.ts`);
  process.exitCode = stale.length + leftOver.length > 0 ? 1 : 0;
} else {
  for (const path of stale) write(path, wanted.get(path) as string);
  for (const path of leftOver) remove(path);
  console.log(`${wanted.size} kernels: ${stale.length} written, ${leftOver.length} removed`);
}
