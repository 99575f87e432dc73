import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { packageVersion } from "../../../package.ts";
import { convspec } from "../../vite.ts";
import { ourBackends } from "../backends.ts";
import { isolation } from "../isolation.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const repository = fileURLToPath(new URL("../../../../", import.meta.url));
/** What is only ever imported in Node. */
const rolldownOptions = { external: /\/adapter\/node\.ts$/, checks: { pluginTimings: false } };
const plugins = () => [convspec(), ourBackends()];

/** The page in which a person runs the suite: `vite conformance/hosts/browser/page`, or `vite build` of it. */
export default defineConfig({
  root,
  base: "./",
  plugins: plugins(),
  worker: { format: "es", plugins, rolldownOptions },
  define: { __CONVSPEC_VERSION__: JSON.stringify(packageVersion) },
  server: { headers: isolation, fs: { allow: [repository] } },
  preview: { headers: isolation },
  build: {
    rolldownOptions,
    outDir: `${repository}page`,
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 2000,
  },
});
