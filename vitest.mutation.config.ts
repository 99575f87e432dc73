import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["conformance/hosts/cpu-mutation.test.ts"], testTimeout: 20_000 } });
