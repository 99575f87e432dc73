/** The process in which one backend runs: loads it, runs the checks it is told, sends each verdict back. */
import type { Check } from "../check.ts";
import { answers } from "./answer.ts";
import { explain } from "./explain.ts";
import { loadBackend } from "./load.ts";
import type { FromHost, ToHost } from "./messages.ts";

const send = (message: FromHost): void => {
  process.send?.(message);
};

function die(of: { readonly uncaught: string } | { readonly how: string }): void {
  send({ type: "dying", ...of });
  process.exit(1);
}

const uncaught = (thrown: unknown): void => die({ uncaught: explain(thrown) });

const answer = answers({
  suite: async (url) => ((await import(url)) as { suite(): Promise<readonly Check[]> }).suite(),
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
