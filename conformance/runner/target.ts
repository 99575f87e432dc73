import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { floors, moduleUrl } from "../package.ts";
import type { Target } from "./messages.ts";

/** A backend as the user asked for it. */
export interface Requested {
  /** As it was typed: what errors and reproducers show. */
  readonly shown: string;
  readonly target: Target;
  /** Whether its failures decide nothing. */
  readonly observed: boolean;
}

const knownGood = "reference-f32";

/** What is held where no backend is named. */
export const defaultBackends: readonly string[] = [knownGood, "cpu", "fft", "webgpu"];

const ourModule = (name: string): URL =>
  moduleUrl(name.startsWith("reference-") ? `conformance/known-good/${name}` : `backends/${name}/index`);

/** The names of our own backends, which need no path. */
export function ourBackends(): string[] {
  const directory = new URL("backends/", floors);
  const names = existsSync(directory) ? readdirSync(directory) : [];
  return [knownGood, ...names.filter((name) => existsSync(ourModule(name)))];
}

/** A module of the command line: one of our names, a path, or a package of the working directory. */
export function moduleTarget(given: string): Target {
  if (/^[a-z0-9-]+$/.test(given) && existsSync(ourModule(given)))
    return { type: "module", specifier: ourModule(given).href };
  if (given.startsWith("file:")) return { type: "module", specifier: given };
  const path = resolve(given);
  const isPath = /^[./\\]|^[a-z]:[\\/]|\.[mc]?[jt]s$/i.test(given) || existsSync(path);
  return { type: "module", specifier: isPath ? pathToFileURL(path).href : given };
}

/** The backends a run holds, from the arguments of the command line. */
export function requestedBackends(
  modules: readonly string[],
  commands: readonly string[] = [],
  observed: readonly string[] = [],
): Requested[] {
  const held = modules.length + commands.length > 0 ? modules : defaultBackends;
  return [
    ...held.map((shown) => ({ shown, target: moduleTarget(shown), observed: false })),
    ...commands.map((shown): Requested => ({ shown, target: { type: "command", command: shown }, observed: false })),
    ...observed.map((shown) => ({ shown, target: moduleTarget(shown), observed: true })),
  ];
}
