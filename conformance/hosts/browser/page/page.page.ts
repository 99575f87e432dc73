import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportViolation } from "../../../report/schema.ts";
import { chromiumArguments, chromiumPath } from "../chromium.ts";

let server: ViteDevServer;
let browser: Browser;

beforeAll(async () => {
  const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));
  // Without a watcher: a file that is saved meanwhile would load the page again.
  const options = { host: "127.0.0.1", port: 0, watch: null, hmr: false };
  server = await createServer({ configFile, logLevel: "error", server: options });
  await server.listen();
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArguments] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the page as an address says, presses Run, and waits for the report. */
async function ran(query: Record<string, string> | [string, string][]): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls?.local[0]}?${new URLSearchParams(query)}`);
  await page.getByRole("button", { name: "Run" }).click();
  await page.waitForSelector("#report:not([hidden]), #problem:not(:empty)", { timeout: 100_000 });
  return page;
}

const reportOf = async (page: Page) =>
  (await page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>("a[download='report.json']");
    return (await fetch(link?.href ?? "")).json();
  })) as {
    host: string;
    backends: { name: string; summary: Record<string, number>; checks: { message?: string }[] }[];
  };

test("correct backends pass, and the report is one by its schema", async () => {
  const page = await ran([
    ["backend", "cpu"],
    ["backend", "webgpu"],
    ["operator", "max-pool"],
  ]);
  const report = await reportOf(page);
  expect(reportViolation(report)).toBeUndefined();
  expect(report.host).toMatch(/^(Chromium|Google Chrome) \d+/);
  expect(report.backends.map(({ name }) => name)).toEqual(["cpu", "webgpu"]);
  for (const { summary } of report.backends) {
    const { pass, fail, error } = summary;
    expect(pass).toBeGreaterThan(50);
    expect({ fail, error }).toEqual({ fail: 0, error: 0 });
    expect(await page.textContent("#progress")).toContain(`${pass} pass`);
  }
  await page.close();
});

/** The address of one of the backends that are wrong in some way. */
const wrong = (file: string): string =>
  `${server.resolvedUrls?.local[0]}@fs${fileURLToPath(new URL(`../../../runner/test-backends/${file}`, import.meta.url))}`;

test("a wrong backend of one's own is shown what it did wrong", async () => {
  const page = await ran({ backend: "", module: wrong("flipped.ts"), operator: "correlate", kind: "case" });
  const failures = page.frameLocator("#report").locator("article");
  const notes = failures.filter({ hasText: "correlate/notes/inner-product@f32" });
  expect(await notes.textContent()).toMatch(/got 117\s+exact 153\s+allowed 0/);
  await page.close();
});

test("a backend that hangs costs the checks that it was at", async () => {
  const page = await ran({
    backend: "",
    module: wrong("never.ts"),
    operator: "correlate",
    kind: "state",
    timeout: "1",
  });
  const [{ checks }] = (await reportOf(page)).backends;
  expect(checks.map(({ message }) => message)).toEqual([
    "did not answer within 1 s",
    "did not answer within 1 s",
    ...Array.from({ length: checks.length - 2 }, () => "not run: correlate has hung twice"),
  ]);
  await page.close();
});

/** Throws where nobody waits for it. */
const late = `export default {
  name: "late",
  operators: { relu: () => new Promise(() => setTimeout(() => { throw new Error("too late"); })) },
};`;

test("an error that nobody caught ends the worker, and the next check gets a new one", async () => {
  const module = `data:text/javascript,${encodeURIComponent(late)}`;
  const page = await ran({ backend: "", module, operator: "relu", kind: "state" });
  const [{ checks }] = (await reportOf(page)).backends;
  expect(checks.slice(0, 4).map(({ message }) => message)).toEqual([
    ...Array.from({ length: 3 }, () =>
      expect.stringMatching(/^the worker has ended before this check was answered, .+: (Uncaught )?.*too late$/),
    ),
    "not run: relu has crashed three times",
  ]);
  await page.close();
});

test("a module that is no backend is refused, with the reason", async () => {
  const page = await ran({ backend: "", module: wrong("no-default.ts") });
  expect(await page.frameLocator("#report").locator(".problems").textContent()).toContain(
    "it has no default export; a backend is one",
  );
  await page.close();
});
