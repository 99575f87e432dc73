import type { InitializeHook, ResolveFnOutput, ResolveHook, ResolveHookContext } from "node:module";

/** What the hook is told: URLs of the package, of the loading module and of the working directory. */
export interface HookData {
  readonly root: string;
  readonly loader: string;
  readonly directory: string;
}

/**
 * Lets a user's module be one file anywhere:
 * - a package named on the command line is looked for from the working directory;
 * - `convspec/spec` is found from a file outside of any project: it is this package;
 * - a TypeScript file is an ES module, also where no package.json says so.
 */
const rules = (data: HookData) => ({
  asked: (context: ResolveHookContext): ResolveHookContext =>
    context.parentURL === data.loader ? { ...context, parentURL: data.directory } : context,
  /** Where else to look for what was not found. */
  elsewhere: (specifier: string, context: ResolveHookContext): ResolveHookContext | undefined =>
    specifier === "convspec" || specifier.startsWith("convspec/") ? { ...context, parentURL: data.root } : undefined,
  resolved: (output: ResolveFnOutput): ResolveFnOutput =>
    /\.tsx?$/.test(output.url.replace(/[?#].*$/, "")) && output.format === "commonjs"
      ? { ...output, format: "module" }
      : output,
});

type SyncResolve = (
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => ResolveFnOutput,
) => ResolveFnOutput;

/** The hook for `module.registerHooks`. */
export const syncResolve = (data: HookData): SyncResolve => {
  const { asked, elsewhere, resolved } = rules(data);
  return (specifier, context, next) => {
    try {
      return resolved(next(specifier, asked(context)));
    } catch (error) {
      const other = elsewhere(specifier, context);
      if (!other) throw error;
      return resolved(next(specifier, other));
    }
  };
};

let registered: ReturnType<typeof rules>;

/** The hook for `module.register`, which runs in a thread of its own: all that Node 20 has. */
export const initialize: InitializeHook<HookData> = (data) => {
  registered = rules(data);
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  const { asked, elsewhere, resolved } = registered;
  try {
    return resolved(await next(specifier, asked(context)));
  } catch (error) {
    const other = elsewhere(specifier, context);
    if (!other) throw error;
    return resolved(await next(specifier, other));
  }
};
