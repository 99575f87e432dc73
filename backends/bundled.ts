type Process = typeof globalThis.process;

/**
 * The worker of a backend run from TypeScript, in Node: one script, which needs no loader. Loaders wait for the main
 * thread, which may be busy.
 * @param source of the worker, a module of TypeScript
 */
export function bundled(source: URL): string {
  const { process } = globalThis as unknown as { process: Process };
  const { createRequire } = process.getBuiltinModule("node:module");
  const { fileURLToPath } = process.getBuiltinModule("node:url");
  const { buildSync } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    define: { "import.meta.url": JSON.stringify(source.href) },
  });
  return outputFiles[0].text;
}
