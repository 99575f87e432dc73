import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Backend, BackendUnavailable } from "../../spec/index.ts";
import { moduleUrl, packageRoot } from "../package.ts";
import { explain } from "./explain.ts";
import type { Target } from "./messages.ts";
import { processBackend } from "./process-backend.ts";
import { type HookData, syncResolve } from "./resolve-hook.ts";
import { NotABackend, validateBackend } from "./validate-backend.ts";

/**
 * Loads a backend into this process.
 * @param onEnd is told how the process of a command ended, should it end before it is closed
 * @throws {BackendUnavailable} where what it runs on is not there
 * @throws {Error} whose message says in one line why it cannot be loaded
 */
export async function loadBackend(target: Target, onEnd?: (how: string) => void): Promise<Backend> {
  if (target.type === "command") return processBackend(target.command, onEnd);
  const { specifier } = target;
  if (specifier.startsWith("file:") && !existsSync(new URL(specifier)))
    throw new NotABackend(`there is no file ${fileURLToPath(specifier)}`);
  // Ahead of the hook, which takes the imports of this module for the user's.
  const tsx = /\.[mc]?tsx?$/.test(specifier) ? await import("tsx/esm/api") : undefined;
  tsx?.register();
  const data: HookData = {
    root: new URL("package.json", packageRoot).href,
    loader: import.meta.url,
    directory: pathToFileURL(`${process.cwd()}/`).href,
  };
  hook(data);
  return validateBackend((await importUser(specifier)).default);
}

/** Newer versions of Node have hooks in the same thread, and deprecate the others. */
function hook(data: HookData): void {
  const { registerHooks } = module as { registerHooks?: (hooks: { resolve: unknown }) => void };
  if (registerHooks) registerHooks({ resolve: syncResolve(data) });
  else module.register(moduleUrl("conformance/runner/resolve-hook"), { data });
}

async function importUser(specifier: string): Promise<{ default?: unknown }> {
  try {
    return (await import(specifier)) as { default?: unknown };
  } catch (thrown) {
    if (saysUnavailable(thrown)) throw new BackendUnavailable(thrown.message);
    const { code } = thrown as { code?: string };
    const named = !specifier.startsWith("file:") && explain(thrown).includes(`'${specifier}'`);
    if (code === "ERR_MODULE_NOT_FOUND" && named)
      throw new NotABackend("it is neither a file, nor a backend of convspec, nor an installed package");
    throw new NotABackend(explain(thrown));
  }
}

/** Whether a thrown value says that what a backend runs on is not there, also across module boundaries. */
const saysUnavailable = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.name === "BackendUnavailable";
