import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { ourBackends } from "./conformance/hosts/browser/backends.ts";
import { chromiumArguments, chromiumPath } from "./conformance/hosts/browser/chromium.ts";
import { isolation } from "./conformance/hosts/browser/isolation.ts";
import { convspec } from "./conformance/hosts/vite.ts";

const launchOptions = { executablePath: chromiumPath(), args: [...chromiumArguments] };

/** Test files that run in pages of a server that sends these headers. */
const pages = (name: string, include: string, headers: Readonly<Record<string, string>>) =>
  ({
    plugins: [convspec(), ourBackends()],
    server: { headers },
    test: {
      name,
      include: [`{backends,conformance}/**/*.${include}.ts`],
      globalSetup: "conformance/hosts/browser/node-suite.ts",
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions }),
        instances: [{ browser: "chromium" }],
      },
    },
  }) satisfies TestProjectInlineConfiguration;

/** The suite in Chromium: the same checks, ids and seeds as in Node, with threads and without; and the page for people. */
export default defineConfig({
  test: {
    reporters: ["dot"],
    projects: [
      pages("isolated", "browser", isolation),
      pages("not isolated", "unisolated", {}),
      { test: { name: "page", include: ["conformance/hosts/browser/page/*.page.ts"], testTimeout: 120_000 } },
    ],
  },
});
