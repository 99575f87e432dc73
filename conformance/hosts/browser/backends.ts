import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Our backends that run in a browser, by the names that the command line has for them. */
const modules = {
  cpu: "backends/cpu/index.ts",
  webgpu: "backends/webgpu/index.ts",
  fft: "backends/fft/index.ts",
  "reference-f32": "conformance/known-good/reference-f32.ts",
};

const name = "virtual:convspec/backends";

const absolute = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A vite plugin: our backends as a module, since conformance itself knows none. */
export const ourBackends = (): Plugin => ({
  name: "convspec-backends",
  resolveId: (id) => (id === name ? `\0${name}` : undefined),
  load(id) {
    if (id !== `\0${name}`) return undefined;
    const entries = Object.entries(modules).map(
      ([backend, path]) => `${JSON.stringify(backend)}: () => import(${JSON.stringify(absolute(path))})`,
    );
    return `export const backends = { ${entries.join(", ")} };`;
  },
});
