/** The process in which one backend runs: loads it, runs the checks it is told, sends each verdict back. */
import type { SuiteModule } from "../check.ts";
import { answers } from "./answer.ts";
import { explain } from "./explain.ts";
import { loadBackend } from "./load.ts";
import type { FromHost, ToHost } from "./messages.ts";

const send = (message: FromHost): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, () => setImmediate(resolve));
  });

function die(of: { readonly uncaught: string } | { readonly how: string }): void {
  void send({ type: "dying", ...of });
  process.exit(1);
}

const uncaught = (thrown: unknown): void => die({ uncaught: explain(thrown) });

const answer = answers({
  suite: async (url, kinds) => ((await import(url)) as SuiteModule).suite(kinds),
  load: (target) => loadBackend(target, (how) => die({ how })),
  send,
  end: () => process.exit(0),
});

process.on("message", (message: ToHost) => {
  answer(message).catch(uncaught);
});
process.on("uncaughtException", uncaught);
// Without a supervisor there is nobody to answer to.
process.on("disconnect", () => process.exit(0));
