import { createRequire } from "node:module";
import type { Plugin } from "vite";
import { loadFixtures } from "../load-fixtures.ts";

const name = "virtual:convspec/fixtures";
const path = "/convspec-fixtures.json";

const bundle = (): string => JSON.stringify([...loadFixtures().texts]);

/** The compiled library of the fft backend, which stands beside what its package exports. */
const pffft = (): string =>
  createRequire(import.meta.url)
    .resolve("@echogarden/pffft-wasm/simd")
    .replace(/\.js$/, ".wasm");

/** A vite plugin for pages that run the suite: they have no files to read fixtures from, and fetch them as one. */
export function convspec(): Plugin {
  let serves = false;
  return {
    name: "convspec",
    config: () => ({
      // A package that is bundled ahead could not ask this plugin for anything; what it depends on can be.
      optimizeDeps: { exclude: ["convspec"] },
      resolve: { alias: [{ find: "@echogarden/pffft-wasm/simd.wasm", replacement: pffft() }] },
    }),
    configResolved({ command }) {
      serves = command === "serve";
    },
    configureServer({ middlewares }) {
      middlewares.use(path, (_, response) => {
        response.setHeader("Content-Type", "application/json").end(bundle());
      });
    },
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const url = serves
        ? JSON.stringify(path)
        : `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", name: "fixtures.json", source: bundle() })}`;
      return `export const texts = new Map(await (await fetch(${url})).json());`;
    },
  };
}
