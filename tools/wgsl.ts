/** Writes backends/webgpu/kernels.ts from the kernels in WGSL beside it; with --check only says whether it is up to date. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../backends/webgpu/kernels/", import.meta.url);
const target = new URL("../backends/webgpu/kernels.ts", import.meta.url);

const include = /^\/\/ include (\S+)\n/gm;

/** A file of the folder with what it includes ahead of it, each only once. */
function assembled(path: string, taken: Set<string>): string {
  const text = readFileSync(new URL(path, folder), "utf8");
  const included = [...text.matchAll(include)].map(([, name]) => {
    const inner = new URL(name, new URL(path, folder)).href.slice(folder.href.length);
    if (taken.has(inner)) return "";
    taken.add(inner);
    return `${assembled(inner, taken)}\n`;
  });
  return included.join("") + text.replace(include, "");
}

const names = readdirSync(folder)
  .filter((file) => file.endsWith(".wgsl"))
  .sort();

const quoted = (text: string): string => text.replace(/[\\`]|\$\{/g, "\\$&");

const entries = names.map((file) => {
  const text = quoted(assembled(file, new Set()));
  const name = file.slice(0, -".wgsl".length);
  return `  ${name.includes("-") ? JSON.stringify(name) : name}: \`${text}\`,\n`;
});

const generated = `// Written by tools/wgsl.ts from backends/webgpu/kernels; do not edit.

/** Every kernel in WGSL, by name, with the snippets that it includes. */
export const kernels = {
${entries.join("")}} as const;

export type KernelName = keyof typeof kernels;
`;

const current = (): string => {
  try {
    return readFileSync(target, "utf8");
  } catch {
    return "";
  }
};

if (!process.argv.includes("--check")) writeFileSync(target, generated);
else if (current() !== generated) {
  process.stderr.write("backends/webgpu/kernels.ts is not what its kernels say: run npm run wgsl\n");
  process.exitCode = 1;
}
