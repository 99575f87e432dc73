import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { browserName } from "./page/browser-name.ts";

const here = fileURLToPath(import.meta.url);

describe("the browser that the tests run in", () => {
  test("is the one that CONVSPEC_CHROMIUM names, or that is at a usual place", () => {
    expect(chromiumPath(here, [])).toBe(here);
    expect(chromiumPath("", ["/nowhere", here])).toBe(here);
  });

  test("is asked for, where there is none", () => {
    expect(() => chromiumPath("/nowhere", [here])).toThrow("CONVSPEC_CHROMIUM is /nowhere, where there is no file");
    expect(() => chromiumPath("", ["/nowhere"])).toThrow("apt-get install chromium");
  });
});

describe("a report names the browser", () => {
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64)";

  test("by its brand, where it has one", () => {
    const brands = [
      { brand: "Not;A=Brand", version: "8" },
      { brand: "Chromium", version: "143" },
      { brand: "Google Chrome", version: "143" },
    ];
    expect(browserName({ userAgent, userAgentData: { brands } })).toBe("Google Chrome 143");
    expect(browserName({ userAgent, userAgentData: { brands: brands.slice(0, 2) } })).toBe("Chromium 143");
  });

  test("by its user agent, where it has none", () => {
    expect(browserName({ userAgent: `${userAgent} Gecko/20100101 Firefox/140.0` })).toBe("Firefox 140.0");
    expect(browserName({ userAgent: `${userAgent} Version/26.1 Safari/605.1.15` })).toBe("Safari 26.1");
    expect(browserName({ userAgent })).toBe(userAgent);
  });
});
