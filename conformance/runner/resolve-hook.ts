import type { InitializeHook, ResolveHook } from "node:module";

/** What the hook is told when it is registered: URLs of the package, of the loading module and of the working directory. */
export interface HookData {
  readonly root: string;
  readonly loader: string;
  readonly directory: string;
}

let data: HookData;

export const initialize: InitializeHook<HookData> = (given) => {
  data = given;
};

const isOurs = (specifier: string): boolean => specifier === "convspec" || specifier.startsWith("convspec/");

/**
 * Lets a user's module be one file anywhere:
 * - a package named on the command line is looked for from the working directory;
 * - `convspec/spec` is found from a file outside of any project: it is this package;
 * - a TypeScript file is an ES module, also where no package.json says so.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const asked = context.parentURL === data.loader ? { ...context, parentURL: data.directory } : context;
  const resolved = await Promise.resolve(next(specifier, asked)).catch((error: unknown) => {
    if (!isOurs(specifier)) throw error;
    return next(specifier, { ...context, parentURL: data.root });
  });
  const typescript = /\.tsx?$/.test(resolved.url.replace(/[?#].*$/, ""));
  return typescript && resolved.format === "commonjs" ? { ...resolved, format: "module" } : resolved;
};
