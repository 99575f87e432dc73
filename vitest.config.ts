import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{spec,reference,backends,conformance,tools}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "dist/**", "conformance/hosts/cpu-mutation.test.ts"],
    testTimeout: 60_000,
    maxWorkers: 2,
    // Thousands of checks pass in silence; what fails is shown.
    reporters: ["dot"],
  },
});
