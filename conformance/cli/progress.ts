import { MultiBar, Presets, type SingleBar } from "cli-progress";
import pc from "picocolors";
import { note } from "./output.ts";

/** Shows how far a run has come. */
export interface Progress {
  start(name: string, total: number): void;
  /** One more check of a backend is done. */
  step(name: string, passed: boolean): void;
  /** Shows a line without disturbing what is shown. */
  say(line: string): void;
  stop(): void;
}

interface State {
  done: number;
  wrong: number;
  total: number;
}

const every = 5000;

/** A bar for each backend where stderr is a terminal; elsewhere a plain line every few seconds. */
export const progress = (): Progress => (process.stderr.isTTY ? bars() : lines());

function bars(): Progress {
  const format = `{name} ${pc.dim("{bar}")} {value}/{total} {wrong}`;
  const all = new MultiBar({ format, hideCursor: true, stream: process.stderr, barsize: 30 }, Presets.shades_classic);
  const shown = new Map<string, { bar: SingleBar; wrong: number }>();
  return {
    start: (name, total) => {
      shown.set(name, { bar: all.create(total, 0, { name: name.padEnd(20), wrong: "" }), wrong: 0 });
    },
    step: (name, passed) => {
      const one = shown.get(name);
      if (!one) return;
      if (!passed) one.wrong += 1;
      one.bar.increment(1, { wrong: one.wrong > 0 ? pc.red(`${one.wrong} wrong`) : "" });
    },
    say: (line) => all.log(`${line}\n`),
    stop: () => all.stop(),
  };
}

function lines(): Progress {
  const states = new Map<string, State>();
  const begun = Date.now();
  const timer = setInterval(() => {
    const parts = [...states].map(([name, { done, total, wrong }]) => {
      return `${name} ${done}/${total}${wrong > 0 ? ` (${wrong} wrong)` : ""}`;
    });
    if (parts.length > 0) note(`${parts.join(", ")}, ${Math.round((Date.now() - begun) / 1000)} s`);
  }, every);
  return {
    start: (name, total) => {
      states.set(name, { done: 0, wrong: 0, total });
    },
    step: (name, passed) => {
      const state = states.get(name);
      if (!state) return;
      state.done += 1;
      if (!passed) state.wrong += 1;
    },
    say: note,
    stop: () => clearInterval(timer),
  };
}
