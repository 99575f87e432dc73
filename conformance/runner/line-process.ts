import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { MalformedResult } from "../invoke.ts";
import type { Request } from "./protocol.ts";

interface Waiting {
  resolve(answer: unknown): void;
  reject(reason: Error): void;
}

const howItEnded = (code: number | null, signal: string | null): string =>
  signal ? `the process was ended by ${signal}` : `the process exited with code ${code}`;

/** An answer, if it is JSON at all; whose it is says its id. */
function parsed(line: string): { readonly id?: unknown } | null | undefined {
  try {
    return JSON.parse(line) as { readonly id?: unknown } | null;
  } catch {
    return undefined;
  }
}

/** A process that answers JSON lines by id. It has ended for good once `ended` says so. */
export class LineProcess {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Waiting>();
  #closing = false;
  ended: string | undefined;
  /** Is told how it ended, unless it was closed. */
  onEnd: ((how: string) => void) | undefined;

  constructor(command: string) {
    this.#process = spawn(command, { shell: true });
    // What it says on stderr is shown as it is: the supervisor collects it.
    this.#process.stderr.pipe(process.stderr, { end: false });
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#receive(line));
    this.#process.on("error", (error) => this.#end(`the process could not be started: ${error.message}`));
    this.#process.on("close", (code, signal) => this.#end(howItEnded(code, signal)));
    // A process that has ended cannot be written to; `close` says so better.
    this.#process.stdin.on("error", () => {});
  }

  /** Sends a request and waits, however long, for the answer with its id. */
  ask(request: Request): Promise<unknown> {
    if (this.ended !== undefined) return Promise.reject(new Error(this.ended));
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  /** Ends its input; a process that reads to the end then ends too. */
  close(): void {
    this.#closing = true;
    this.#process.stdin.end();
  }

  #receive(line: string): void {
    if (line.trim() === "") return;
    const answer = parsed(line);
    const id = answer?.id;
    if (typeof id === "number") {
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
    } else {
      const wrong = answer === undefined ? "that is not JSON" : "without an id";
      this.#rejectAll(new MalformedResult(`the process wrote a line ${wrong}: ${line.slice(0, 80)}`));
    }
  }

  /** A line that belongs to no request concerns every one that waits. */
  #rejectAll(reason: Error): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #end(how: string): void {
    if (this.ended === undefined && !this.#closing) this.onEnd?.(how);
    this.ended ??= how;
    this.#rejectAll(new Error(this.ended));
  }
}
