import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{spec,reference,backends,conformance,tools}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "dist/**", "conformance/hosts/cpu-mutation.test.ts"],
    testTimeout: 60_000,
  },
});
