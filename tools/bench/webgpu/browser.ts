import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright";
import { createServer, type Plugin, type ViteDevServer } from "vite";
import { chromiumArguments, chromiumPath } from "../../../conformance/hosts/browser/chromium.ts";
import { isolation } from "../../../conformance/hosts/browser/isolation.ts";
import { type Asked, patienceMs } from "../engine-process.ts";
import type { Answer, Answers, Request } from "../protocol.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const require = createRequire(import.meta.url);

/** The files that ONNX Runtime fetches for itself, as they are. */
const onnxruntimeFiles = (): Plugin => ({
  name: "onnxruntime-files",
  configureServer({ middlewares }) {
    const folder = dirname(require.resolve("onnxruntime-web"));
    middlewares.use("/onnxruntime/", async (request, response, next) => {
      const file = basename(new URL(request.url ?? "", "http://localhost").pathname);
      const content = await readFile(join(folder, file)).catch(() => undefined);
      if (!content) return next();
      response.setHeader("Content-Type", file.endsWith(".wasm") ? "application/wasm" : "text/javascript").end(content);
    });
  },
});

/** One engine in a page of its own. */
class PageEngine implements Asked {
  ended: string | undefined;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    page.on("crash", () => {
      this.ended ??= "the page crashed";
    });
  }

  async ask<T extends Request["type"]>(request: Request & { readonly type: T }): Promise<Answer<Answers[T]>> {
    if (this.ended !== undefined) return { absent: this.ended };
    try {
      const asked = this.#page.evaluate((one) => window.ask(one), request as Request);
      const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
        throw new Error(`it did not answer within ${patienceMs / 1000} seconds`);
      });
      return (await Promise.race([asked, late])) as Answer<Answers[T]>;
    } catch (thrown) {
      this.ended ??= (thrown as Error).message.split("\n")[0];
      return { error: this.ended };
    }
  }

  kill(): void {
    void this.#page.close();
  }
}

/** Headless Chromium with WebGPU, and the pages that engines run in. */
export class WebGpuBrowser {
  readonly #server: ViteDevServer;
  readonly #browser: Browser;

  private constructor(server: ViteDevServer, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  static async open(): Promise<WebGpuBrowser> {
    const server = await createServer({
      ...{ root, configFile: false, logLevel: "error", plugins: [onnxruntimeFiles()] },
      cacheDir: join(root, "node_modules/.vite-bench"),
      server: { headers: { ...isolation }, hmr: false, watch: null },
      optimizeDeps: { entries: ["tools/bench/webgpu/page.html"] },
    });
    await server.listen();
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArguments] });
    return new WebGpuBrowser(server, browser);
  }

  async #page(): Promise<Page> {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    const [url] = this.#server.resolvedUrls?.local ?? [];
    await page.goto(`${url}tools/bench/webgpu/page.html`);
    await page.waitForFunction(() => "ask" in window, undefined, { timeout: 60_000 });
    return page;
  }

  /** An engine in a new page. */
  async engine(): Promise<Asked> {
    return new PageEngine(await this.#page());
  }

  /** What the browser's adapter is; undefined where there is none. */
  async adapter(): Promise<string | undefined> {
    const page = await this.#page();
    const adapter = await page.evaluate(() => window.adapter());
    await page.close();
    return adapter;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}
