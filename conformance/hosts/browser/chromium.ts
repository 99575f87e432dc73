import { existsSync } from "node:fs";

/** Where packages put the program. */
const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium that is installed: what CONVSPEC_CHROMIUM says, or one of the usual places.
 * @throws {Error} that says what to install
 */
export function chromiumPath(given = process.env.CONVSPEC_CHROMIUM, places: readonly string[] = usual): string {
  if (given !== undefined && given !== "") {
    if (existsSync(given)) return given;
    throw new Error(`CONVSPEC_CHROMIUM is ${given}, where there is no file`);
  }
  const found = places.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    "The tests in a browser need Chromium. Install it (Debian, Ubuntu: apt-get install chromium), or set CONVSPEC_CHROMIUM to the path of Chromium or Chrome.",
  );
}

/** Headless, as root, with WebGPU on a software adapter, and without a word to the network. */
export const chromiumArguments: readonly string[] = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];
