import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { engines } from "./engines/index.ts";
import type { Answer, Answers, Request } from "./protocol.ts";

/** How engines in Node are started. */
export interface NodeOptions {
  /** The executable; this one unless given. */
  readonly node?: string;
  /** Flags for it. */
  readonly flags?: readonly string[];
}

const pythons = [process.env.BENCH_PYTHON, "/usr/bin/python3", "python3"];

/** Where an engine runs: it is asked one thing after the other. */
export interface Asked {
  /** Why it is there no more, once it has ended. */
  readonly ended: string | undefined;
  /** Asks, and waits for the answer; `absent` where it could not be started, `error` when it ended. */
  ask<T extends Request["type"]>(request: Request & { readonly type: T }): Promise<Answer<Answers[T]>>;
  /** Ends it, whatever it is doing. */
  kill(): void;
}

/** The first Python that has numpy. */
const python = (): string | undefined =>
  pythons.find((path) => path && spawnSync(path, ["-c", "import numpy"], { stdio: "ignore" }).status === 0);

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** How long an answer may take: the slowest call of a slow engine, several times over. */
export const patienceMs = 180_000;

/** Of what an engine writes on stderr the last is kept: it says why it ended. */
const kept = 400;

/** The process of one engine. It is stopped whenever it has nothing to do, so that it disturbs no other. */
export class EngineProcess implements Asked {
  readonly #child: ChildProcess | undefined;
  #waiting: ((answer: Answer<never>) => void) | undefined;
  #stderr = "";
  ended: string | undefined;
  readonly #node: boolean;

  constructor(name: string, { node = process.execPath, flags = [] }: NodeOptions = {}) {
    this.#node = engines[name].load !== undefined;
    if (this.#node) {
      const args = [...flags, "--import", import.meta.resolve("tsx"), local("child.ts")];
      this.#child = spawn(node, args, { stdio: ["ignore", "ignore", "pipe", "ipc"], serialization: "advanced" });
      this.#child.on("message", (answer: Answer<never>) => this.#answered(answer));
    } else {
      const path = python();
      if (path === undefined) {
        this.ended = "no Python with numpy was found: set BENCH_PYTHON, or install python3-numpy";
        return;
      }
      this.#child = spawn(path, [local("engines/engine.py")], { stdio: "pipe" });
      const { stdin, stdout } = this.#child;
      stdin?.on("error", () => {});
      if (stdout) createInterface({ input: stdout }).on("line", (line) => this.#answered(JSON.parse(line)));
    }
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-kept);
    });
    this.#child.on("error", (error) => this.#end(error.message));
    this.#child.on("exit", (code, signal) => this.#end(signal ?? `exit code ${code}`));
  }

  async ask<T extends Request["type"]>(request: Request & { readonly type: T }): Promise<Answer<Answers[T]>> {
    if (this.ended !== undefined || !this.#child) return { absent: this.ended ?? "" };
    this.#child.kill("SIGCONT");
    const late = setTimeout(() => {
      this.#end(`it did not answer within ${patienceMs / 1000} seconds`);
      this.kill();
    }, patienceMs);
    const answer = await new Promise<Answer<Answers[T]>>((resolve) => {
      this.#waiting = resolve;
      if (this.#node) this.#child?.send(request);
      else this.#child?.stdin?.write(`${JSON.stringify(request)}\n`);
    });
    clearTimeout(late);
    if (request.type !== "close" && this.ended === undefined) this.#child.kill("SIGSTOP");
    return answer;
  }

  kill(): void {
    this.#child?.kill("SIGKILL");
  }

  #answered(answer: Answer<never>): void {
    this.#waiting?.(answer);
    this.#waiting = undefined;
  }

  #end(how: string): void {
    this.ended ??= `the process ended: ${how}. ${this.#stderr.trim()}`.trim();
    this.#answered({ error: this.ended });
  }
}
