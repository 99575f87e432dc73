import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { constants, homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { BackendUnavailable } from "../../../spec/index.ts";
import { untar } from "./untar.ts";

/** RTLD_NODELETE, which Node has no name for: the library stays when Node finds that it is no addon of its. */
const stays = 0x1000;

const driver = "libvk_swiftshader.so";
const loader = "libvulkan.so.1";

/** Loads a shared library into this process. @returns whether it is there */
function opened(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | stays);
  } catch (error) {
    return !(error as Error).message.includes("cannot open shared object file");
  }
  return true;
}

/** Whether Vulkan can be loaded; systems other than Linux have what Dawn needs. */
export const hasVulkanLoader = (): boolean => process.platform !== "linux" || opened(loader);

/** The archive of SwiftShader that @sparticuz/chromium ships, and that package's version. */
function archived(): { readonly archive: string; readonly version: string } {
  const require = createRequire(import.meta.url);
  try {
    const entry = require.resolve("@sparticuz/chromium");
    const root = entry.slice(0, entry.lastIndexOf("/build/"));
    const { version } = require(join(root, "package.json")) as { version: string };
    return { archive: join(root, "bin/swiftshader.tar.br"), version };
  } catch {
    throw new BackendUnavailable(
      "there is no WebGPU driver, and @sparticuz/chromium, which brings a software one, is not installed: npm install @sparticuz/chromium",
    );
  }
}

/** Unpacks what is not unpacked yet, next to its place and then moved there, so that nobody meets half of it. */
async function unpack(archive: string, directory: string): Promise<void> {
  if (existsSync(join(directory, "icd.json"))) return;
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(`${directory}-`);
  for (const [name, content] of untar(await promisify(brotliDecompress)(await readFile(archive))))
    if (name === driver || name === loader) await writeFile(join(fresh, name), content);
  const icd = { file_format_version: "1.0.0", ICD: { library_path: join(directory, driver), api_version: "1.1.0" } };
  await writeFile(join(fresh, "icd.json"), JSON.stringify(icd));
  try {
    await rename(fresh, directory);
  } catch (error) {
    await rm(fresh, { recursive: true });
    // Another process was first.
    if (!existsSync(join(directory, "icd.json"))) throw error;
  }
}

/** Where it is unpacked: among the user's caches, or for this process alone where these cannot be written. */
async function unpacked(): Promise<string> {
  const { archive, version } = archived();
  const directory = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "convspec", `swiftshader-${version}`);
  try {
    await unpack(archive, directory);
    return directory;
  } catch {
    const own = await mkdtemp(join(tmpdir(), "convspec-"));
    process.on("exit", () => rmSync(own, { recursive: true, force: true }));
    await unpack(archive, join(own, "swiftshader"));
    return join(own, "swiftshader");
  }
}

/**
 * Makes SwiftShader the Vulkan driver of this process.
 * @throws {BackendUnavailable} where it cannot be had
 */
export async function useSwiftShader(): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new BackendUnavailable(
      `there is no WebGPU adapter, and no software one for ${process.platform} on ${process.arch}`,
    );
  const directory = await unpacked();
  // Read when the loader makes an instance: the newer name, and the one that older loaders know.
  process.env.VK_DRIVER_FILES = join(directory, "icd.json");
  process.env.VK_ICD_FILENAMES = join(directory, "icd.json");
  if (!opened(loader) && !opened(join(directory, loader)))
    throw new BackendUnavailable(`Vulkan's loader cannot be loaded from ${directory}`);
}
