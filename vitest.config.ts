import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{spec,reference,backends,conformance,tools}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "dist/**"],
    testTimeout: 60_000,
  },
});
