import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { fromSource, moduleUrl } from "../package.ts";
import type { CheckRecord } from "../report/report.ts";
import type { FromHost, Loaded, Target, ToHost } from "./messages.ts";

/** How a request to a host process came out: a message, silence, or the end of the process. */
export type Outcome = { readonly type: "answered"; readonly message: FromHost } | { readonly type: "silent" } | Ended;

/** How a process ended, and of which error that nobody caught. */
export interface Ended {
  readonly type: "ended";
  readonly how: string;
  readonly uncaught?: string;
}

/** A backend that cannot be loaded; the message says why in one line. */
export class CannotLoad extends Error {
  override readonly name = "CannotLoad";
}

export interface HostOptions {
  /** URL of the module that exports `suite`. */
  readonly suite: string;
  readonly loadTimeout: number;
  /** A line the backend wrote to stdout or stderr. */
  onOutput(line: string): void;
}

/** Milliseconds for the last messages of a process that has ended. */
const grace = 500;

const ended = (code: number | null, signal: string | null): string =>
  signal ? `the process was ended by ${signal}` : `the process exited with code ${code}`;

/** How a process ended during something, and of what. */
export const endedDuring = ({ how, uncaught }: Ended, what: string): string =>
  `${how} ${what}${uncaught === undefined ? "" : `, of an error that nobody caught: ${uncaught}`}`;

/** From source, the host is TypeScript too. */
const execArgv = (): string[] =>
  fromSource ? ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href] : [];

/** The processes that have not ended. None outlives this one. */
const alive = new Set<HostProcess>();
process.on("exit", () => {
  for (const host of alive) host.kill();
});

/** One process that holds one backend. It is asked one thing at a time. */
export class HostProcess {
  readonly #process: ChildProcess;
  #settle: ((outcome: Outcome) => void) | undefined;
  #dying: Partial<Pick<Ended, "how" | "uncaught">> = {};
  /** Set once the process has ended. */
  end: Ended | undefined;
  readonly #closed: Promise<void>;
  #exited = false;

  constructor({ onOutput }: HostOptions) {
    this.#process = fork(moduleUrl("conformance/runner/host"), {
      execArgv: execArgv(),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A process group of its own: it is killed with all that it has started, and an interrupt reaches only us.
      detached: process.platform !== "win32",
    });
    for (const stream of [this.#process.stdout, this.#process.stderr] as Readable[])
      createInterface({ input: stream }).on("line", onOutput);
    this.#process.on("message", (message: FromHost) => {
      if (message.type !== "dying") return this.#finish({ type: "answered", message });
      const { type: _, ...dying } = message;
      this.#dying = dying;
    });
    this.#process.on("error", (error) => this.#ends(`the process failed: ${error.message}`));
    alive.add(this);
    this.#closed = new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const close = (code: number | null, signal: string | null) => {
        clearTimeout(timer);
        this.#ends(ended(code, signal));
        resolve();
      };
      // Its last messages come between `exit` and `close`; a channel that broke under us may never close.
      this.#process.on("close", close);
      this.#process.on("exit", (code, signal) => {
        this.kill();
        this.#exited = true;
        alive.delete(this);
        timer = setTimeout(close, grace, code, signal);
      });
    });
  }

  /** @throws {CannotLoad} */
  async load(target: Target, { suite, loadTimeout }: HostOptions): Promise<Loaded> {
    const outcome = await this.#ask({ type: "load", target, suite }, loadTimeout);
    if (outcome.type === "silent") throw new CannotLoad(`it did not load within ${loadTimeout / 1000} s`);
    if (outcome.type === "ended") throw new CannotLoad(endedDuring(outcome, "while it was loaded"));
    if (outcome.message.type === "refused") throw new CannotLoad(outcome.message.reason);
    return (outcome.message as Extract<FromHost, { type: "loaded" }>).loaded;
  }

  /** Runs one check; the record is there when it was answered. */
  async run(id: string, seed: number, timeout: number): Promise<Outcome & { record?: CheckRecord }> {
    const outcome = await this.#ask({ type: "run", id, seed }, timeout);
    if (outcome.type !== "answered" || outcome.message.type !== "verdict") return outcome;
    return { ...outcome, record: outcome.message.record };
  }

  /** Lets the backend close what it holds, but not for longer than it may take for a check. */
  async close(timeout: number): Promise<void> {
    if (this.end === undefined) await this.#ask({ type: "close" }, timeout);
    this.kill();
    await this.#closed;
  }

  /** Ends the process and all that it has started, at once. */
  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined || this.#exited) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // There is nobody left to kill.
    }
  }

  #ask(message: ToHost, timeout: number): Promise<Outcome> {
    if (this.end !== undefined) return Promise.resolve(this.end);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#finish({ type: "silent" }), timeout);
      this.#settle = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      // A message that cannot be sent is to a process that is about to end, which says more.
      this.#process.send(message, () => {});
    });
  }

  #finish(outcome: Outcome): void {
    this.#settle?.(outcome);
    this.#settle = undefined;
  }

  #ends(how: string): void {
    this.end ??= { how, ...this.#dying, type: "ended" };
    this.#finish(this.end);
  }
}
