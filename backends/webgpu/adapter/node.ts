import { createRequire } from "node:module";
import { BackendUnavailable } from "../../../spec/index.ts";
import { type Found, nameOf } from "./index.ts";
import { hasVulkanLoader, useSwiftShader } from "./swiftshader.ts";

/** The part of the package `webgpu` that is used: its own types would be a second set beside those of the DOM. */
interface Dawn {
  create(options: readonly string[]): GPU;
}

async function loadDawn(): Promise<Dawn> {
  try {
    return (await import("webgpu" as string)) as Dawn;
  } catch {
    throw new BackendUnavailable("the package webgpu is not installed: npm install webgpu");
  }
}

const versionOfDawn = (): string => {
  const require = createRequire(import.meta.url);
  return (require("webgpu/package.json") as { version: string }).version;
};

/** What Dawn created, kept for ever: it ends the process when that is collected. */
const kept: { driver?: GPU; software?: GPU } = {};

/** The adapter of a driver, where the system has one. */
async function ofDriver({ create }: Dawn): Promise<GPUAdapter | null> {
  // Where there is no loader, Dawn says so on stderr, and there is no adapter.
  if (!hasVulkanLoader()) return null;
  kept.driver ??= create([]);
  return kept.driver.requestAdapter({ powerPreference: "high-performance" });
}

async function ofSwiftShader({ create }: Dawn): Promise<GPUAdapter> {
  await useSwiftShader();
  kept.software ??= create([]);
  const adapter = await kept.software.requestAdapter();
  if (adapter === null) throw new BackendUnavailable("neither a driver nor SwiftShader gives a WebGPU adapter");
  return adapter;
}

/** Which adapters may be taken: `driver` for none but a driver's, `software` for SwiftShader's even where there is one. */
const wanted = (): string | undefined => process.env.CONVSPEC_WEBGPU_ADAPTER;

/** The adapter of a driver; without one SwiftShader's, from @sparticuz/chromium. */
export async function findAdapter(): Promise<Found> {
  const dawn = await loadDawn();
  const driver = wanted() === "software" ? null : await ofDriver(dawn);
  if (driver === null && wanted() === "driver")
    throw new BackendUnavailable("no driver gives a WebGPU adapter, and CONVSPEC_WEBGPU_ADAPTER wants one");
  const adapter = driver ?? (await ofSwiftShader(dawn));
  return { adapter, description: `${nameOf(adapter)}, Dawn of webgpu ${versionOfDawn()}` };
}
