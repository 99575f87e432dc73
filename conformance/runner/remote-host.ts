import type { Kind } from "../check.ts";
import type { CheckRecord } from "../report/report.ts";
import type { FromHost, Loaded, Target, ToHost } from "./messages.ts";

/** How a request to a host came out: a message, silence, or the end of the host. */
type Outcome = { readonly type: "answered"; readonly message: FromHost } | Silent | Ended;

export interface Silent {
  readonly type: "silent";
}

/** Milliseconds in which the cause of a failure must be found. */
const diagnosis = 60_000;

/** How a host ended, and of which error that nobody caught. */
export interface Ended {
  readonly type: "ended";
  readonly how: string;
  readonly uncaught?: string;
}

/** How a host ended during something, and of what. */
export const endedDuring = ({ how, uncaught }: Ended, what: string): string =>
  `${how} ${what}${uncaught === undefined ? "" : `, of an error that nobody caught: ${uncaught}`}`;

/** A backend that cannot be loaded; the message says why in one line. */
export class CannotLoad extends Error {
  override readonly name = "CannotLoad";
  /** Whether what it runs on is not there, as it says itself. */
  readonly unavailable: boolean;

  constructor(message: string, unavailable = false) {
    super(message);
    this.unavailable = unavailable;
  }
}

export interface HostOptions {
  /** URL of the module that exports `suite`. */
  readonly suite: string;
  /** Those of the checks that it will be asked; all unless given. */
  readonly kinds?: readonly Kind[];
  readonly loadTimeout: number;
  /** A line the backend wrote. */
  onOutput(line: string): void;
}

/** A host as its supervisor sees it: it holds one backend, apart from this program, and answers in the order in which it is asked. */
export abstract class RemoteHost {
  readonly #answers: FromHost[] = [];
  #settle: ((outcome: Outcome) => void) | undefined;
  #dying: Partial<Pick<Ended, "how" | "uncaught">> = {};
  /** Set once the host has ended. */
  end: Ended | undefined;

  /** Ends the host and all that it has started, at once. */
  abstract kill(): void;

  protected abstract send(message: ToHost): void;

  /** Is there when the host has ended. */
  protected abstract readonly closed: Promise<void>;

  /** @throws {CannotLoad} */
  async load(target: Target, { suite, kinds, loadTimeout }: HostOptions): Promise<Loaded> {
    const outcome = await this.#ask({ type: "load", target, suite, kinds }, loadTimeout);
    if (outcome.type === "silent") throw new CannotLoad(`it did not load within ${loadTimeout / 1000} s`);
    if (outcome.type === "ended") throw new CannotLoad(endedDuring(outcome, "while it was loaded"));
    if (outcome.message.type === "refused") throw new CannotLoad(outcome.message.reason, outcome.message.unavailable);
    return (outcome.message as Extract<FromHost, { type: "loaded" }>).loaded;
  }

  /** Runs checks one after the other, each within the timeout: a record for each; what is not answered is the last. */
  async *run(ids: readonly string[], seed: number, timeout: number): AsyncGenerator<CheckRecord | Silent | Ended> {
    if (this.end === undefined) this.send({ type: "run", ids, seed });
    for (const _ of ids) {
      let outcome = await this.#next(timeout);
      // The backend has answered: what follows is the time of the suite.
      if (outcome.type === "answered" && outcome.message.type === "failed") outcome = await this.#next(diagnosis);
      if (outcome.type !== "answered") return yield outcome;
      yield (outcome.message as Extract<FromHost, { type: "verdict" }>).record;
    }
  }

  /** Lets the backend close what it holds, but not for longer than it may take for a check. */
  async close(timeout: number): Promise<void> {
    if (this.end === undefined) await this.#ask({ type: "close" }, timeout);
    this.kill();
    await this.closed;
  }

  /** Takes a message of the host. */
  protected received(message: FromHost): void {
    if (message.type === "dying") {
      const { type: _, ...dying } = message;
      this.#dying = dying;
    } else {
      this.#answers.push(message);
      this.#wake();
    }
  }

  /** Takes note that the host has ended. */
  protected ends(how: string): void {
    this.end ??= { how, ...this.#dying, type: "ended" };
    this.#wake();
  }

  #ask(message: ToHost, timeout: number): Promise<Outcome> {
    if (this.end === undefined) this.send(message);
    return this.#next(timeout);
  }

  /** The next answer, as soon as it is there. */
  #next(timeout: number): Promise<Outcome> {
    const there = this.#outcome();
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        clearTimeout(timer);
        if (this.#settle === settle) this.#settle = undefined;
        resolve(outcome);
      };
      // Where this thread was busy, an answer may have come that it has not read yet: it is read before the second time is up.
      const silent = () => setTimeout(() => this.#settle === settle && settle({ type: "silent" }), 0);
      const timer = setTimeout(silent, timeout);
      this.#settle = settle;
    });
  }

  /** What a host said before it ended comes before its end. */
  #outcome(): Outcome | undefined {
    const message = this.#answers.shift();
    return message === undefined ? this.end : { type: "answered", message };
  }

  #wake(): void {
    if (this.#settle === undefined) return;
    const outcome = this.#outcome();
    if (outcome !== undefined) this.#settle(outcome);
  }
}
