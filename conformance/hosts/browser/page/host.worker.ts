/** The worker in which one backend runs: loads it, runs the checks it is told, sends each verdict back. */
import { answers } from "../../../runner/answer.ts";
import { explain } from "../../../runner/explain.ts";
import type { FromHost, ToHost } from "../../../runner/messages.ts";
import { NotABackend } from "../../../runner/validate-backend.ts";
import { loadBackend } from "../backend.ts";

/** Comes back after the events that wait. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

function send(message: FromHost): Promise<void> {
  postMessage(message);
  return turn();
}

function end(uncaught?: string): void {
  void send({ type: "dying", uncaught });
  close();
}

const answer = answers({
  // Imported when it is asked for: it waits for the fixtures, and a worker that waits as it starts loses messages.
  suite: async () => (await import("../../browser-suite.ts")).checks,
  load: (target) => {
    if (target.type !== "module") throw new NotABackend("a page starts no command");
    return loadBackend(target.specifier);
  },
  send,
  end,
});

addEventListener("message", ({ data }: MessageEvent<ToHost>) => {
  answer(data).catch((thrown) => end(explain(thrown)));
});
addEventListener("error", ({ error, message }) => end(explain(error ?? message)));
addEventListener("unhandledrejection", ({ reason }) => end(explain(reason)));
