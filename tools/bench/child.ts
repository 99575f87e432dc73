/** The process of one engine in Node. */
import { AbsentError, type Engine } from "./engines/engine.ts";
import { engines } from "./engines/index.ts";
import { answered } from "./host.ts";
import type { Request } from "./protocol.ts";

async function start(name: string, threads: number): Promise<Engine> {
  const { load } = engines[name];
  if (!load) throw new AbsentError(`${name} is not an engine in Node`);
  return load(threads);
}

const peakMiB = (): number => process.resourceUsage().maxRSS / 1024;

process.on("message", async (request: Request) => {
  const reply = await answered(request, { start, peakMiB });
  process.send?.(reply, () => {
    if (request.type === "close") process.exit(0);
  });
});
process.on("disconnect", () => process.exit(0));
