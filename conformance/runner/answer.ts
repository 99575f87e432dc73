import type { Backend } from "../../spec/index.ts";
import type { Check, Kind } from "../check.ts";
import { explain } from "./explain.ts";
import type { FromHost, Target, ToHost } from "./messages.ts";
import { runCheck } from "./run-checks.ts";
import { describe } from "./validate-backend.ts";

/** Where a backend is held: what differs between a process and a worker of a page. */
export interface Surroundings {
  /** The suite, by the URL of the module that exports it, or no more of it than some kinds. */
  suite(url: string, kinds?: readonly Kind[]): Promise<readonly Check[]>;
  /** @throws {Error} whose message says in one line why it cannot be loaded */
  load(target: Target): Promise<Backend>;
  /** Resolves once the message is on its way, and what the backend has left behind had its turn to happen. */
  send(message: FromHost): Promise<void>;
  /** Ends the host. */
  end(): void;
}

/** How many failures of one operator are looked into: more say the same again. */
const mostDiagnoses = 12;

/** Whether a thrown value says that what a backend runs on is not there, also across module boundaries. */
const saysUnavailable = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === "BackendUnavailable";

/** What a host does with what it is told: loads a backend, runs checks on it, sends each verdict back. */
export function answers({ suite, load, send, end }: Surroundings): (message: ToHost) => Promise<void> {
  let backend: Backend;
  let checks: ReadonlyMap<string, Check>;
  const diagnosed = new Map<string, number>();

  async function loaded({ target, suite: url, kinds }: Extract<ToHost, { type: "load" }>): Promise<void> {
    checks = new Map((await suite(url, kinds)).map((check) => [check.id, check]));
    try {
      backend = await load(target);
    } catch (thrown) {
      await send({ type: "refused", reason: explain(thrown), unavailable: saysUnavailable(thrown) });
      return;
    }
    await send({ type: "loaded", loaded: describe(backend) });
  }

  async function run({ ids, seed }: Extract<ToHost, { type: "run" }>): Promise<void> {
    for (const id of ids) {
      const check = checks.get(id) as Check;
      const done = diagnosed.get(check.operator) ?? 0;
      const record = await runCheck(backend, check, seed, done < mostDiagnoses, () => send({ type: "failed" }));
      if (record.status === "fail") diagnosed.set(check.operator, done + 1);
      await send({ type: "verdict", record });
    }
  }

  async function close(): Promise<void> {
    await backend?.close?.();
    end();
  }

  return (message) => (message.type === "load" ? loaded(message) : message.type === "run" ? run(message) : close());
}
