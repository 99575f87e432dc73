import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { fromSource, moduleUrl } from "../package.ts";
import type { FromHost, ToHost } from "./messages.ts";
import { type HostOptions, RemoteHost } from "./remote-host.ts";

/** Milliseconds for the last messages of a process that has ended. */
const grace = 500;

const ended = (code: number | null, signal: string | null): string =>
  signal ? `the process was ended by ${signal}` : `the process exited with code ${code}`;

/** From source, the host is TypeScript too. */
const execArgv = (): string[] =>
  fromSource ? ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href] : [];

/** The processes that have not ended. None outlives this one. */
const alive = new Set<HostProcess>();
process.on("exit", () => {
  for (const host of alive) host.kill();
});

/** A process that holds one backend. */
export class HostProcess extends RemoteHost {
  readonly #process: ChildProcess;
  protected readonly closed: Promise<void>;
  #exited = false;

  constructor({ onOutput }: HostOptions) {
    super();
    this.#process = fork(moduleUrl("conformance/runner/host"), {
      execArgv: execArgv(),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A process group of its own: it is killed with all that it has started, and an interrupt reaches only us.
      detached: process.platform !== "win32",
    });
    for (const stream of [this.#process.stdout, this.#process.stderr] as Readable[])
      createInterface({ input: stream }).on("line", onOutput);
    this.#process.on("message", (message: FromHost) => this.received(message));
    this.#process.on("error", (error) => this.ends(`the process failed: ${error.message}`));
    alive.add(this);
    this.closed = new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const close = (code: number | null, signal: string | null) => {
        clearTimeout(timer);
        this.ends(ended(code, signal));
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

  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined || this.#exited) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // There is nobody left to kill.
    }
  }

  protected send(message: ToHost): void {
    // A message that cannot be sent is to a process that is about to end, which says more.
    this.#process.send(message, () => {});
  }
}
