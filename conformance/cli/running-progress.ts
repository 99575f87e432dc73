import pc from "picocolors";
import type { SuperviseOptions } from "../runner/supervise.ts";
import type { Requested } from "../runner/target.ts";
import { progress } from "./progress.ts";

type Events = Required<Pick<SuperviseOptions, "onLoaded" | "onRecord" | "onOutput">>;

const mostLines = 50;

/** The progress of a run, and what backends write on the way: each different line once. */
export function runningProgress(): { readonly events: Events; stop(): void } {
  const shown = progress();
  const names = new Map<Requested, string>();
  const written = new Map<Requested, Set<string>>();
  const nameOf = (requested: Requested) => names.get(requested) ?? requested.shown;
  return {
    events: {
      onLoaded: (requested, { name, description }, checks) => {
        const taken = [...names.values()].includes(name);
        names.set(requested, taken ? requested.shown : name);
        shown.start(nameOf(requested), checks);
        if (description !== null) shown.say(`${nameOf(requested)} runs on ${description}`);
      },
      onRecord: (requested, { status }) => shown.step(nameOf(requested), status === "pass" || status === "unsupported"),
      onOutput: (requested, line) => {
        const before = written.get(requested) ?? new Set();
        written.set(requested, before);
        if (line.trim() === "" || before.has(line) || before.size > mostLines) return;
        before.add(line);
        const text = before.size > mostLines ? "… what it writes from here on is not shown" : line;
        shown.say(`${pc.dim(`${nameOf(requested)}:`)} ${text}`);
      },
    },
    stop: () => shown.stop(),
  };
}
