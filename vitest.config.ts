import { configDefaults, defineConfig } from "vitest/config";

/** What waits for threads of a driver, turning round all the while: beside another file it takes three times as long. */
const alone = ["conformance/hosts/webgpu.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    maxWorkers: 2,
    // Node's own modules: bindings that Vite's runner looks up at each use make the reference four times slower.
    execArgv: ["--import", "tsx"],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Thousands of checks pass in silence; what fails is shown.
    reporters: ["dot"],
    projects: [
      {
        extends: true,
        test: {
          name: "two at a time",
          include: ["{spec,reference,backends,conformance,tools}/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "dist/**", "conformance/hosts/cpu-mutation.test.ts", ...alone],
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: "alone", include: alone, sequence: { groupOrder: 1 } } },
    ],
  },
});
