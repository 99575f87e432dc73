/// <reference path="./virtual.d.ts" />
import { backends } from "virtual:convspec/backends";
import type { Backend } from "../../../spec/index.ts";
import { NotABackend, validateBackend } from "../../runner/validate-backend.ts";

/** The names of the backends that this page can hold. */
export const backendNames = Object.keys(backends);

/**
 * Loads a backend: one of the page's by its name, or any module by its URL.
 * @throws {NotABackend} where the module exports none
 * @throws {Error} where what it runs on is not there
 */
export async function loadBackend(given: string): Promise<Backend> {
  const ours = backends[given];
  if (ours !== undefined) return validateBackend((await ours()).default);
  if (!URL.canParse(given))
    throw new NotABackend(`no backend is named ${given}; there are: ${backendNames.join(", ")}`);
  return validateBackend(((await import(/* @vite-ignore */ given)) as { default?: unknown }).default);
}
