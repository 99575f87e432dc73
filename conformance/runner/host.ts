/** The process in which one backend runs: loads it, runs the checks it is told, sends each verdict back. */
import type { Backend } from "../../spec/index.ts";
import type { Check } from "../check.ts";
import { explain } from "./explain.ts";
import { loadBackend } from "./load.ts";
import type { FromHost, ToHost } from "./messages.ts";
import { runCheck } from "./run-checks.ts";
import { describe } from "./validate-backend.ts";

let backend: Backend;
let checks: ReadonlyMap<string, Check>;

const send = (message: FromHost): void => {
  process.send?.(message);
};

async function load({ target, suite }: Extract<ToHost, { type: "load" }>): Promise<void> {
  const { suite: checksOf } = (await import(suite)) as { suite(): Promise<readonly Check[]> };
  checks = new Map((await checksOf()).map((check) => [check.id, check]));
  try {
    backend = await loadBackend(target, (how) => die({ how }));
  } catch (thrown) {
    send({ type: "refused", reason: explain(thrown) });
    return;
  }
  send({ type: "loaded", loaded: describe(backend) });
}

/** How many failures of one operator are looked into: more say the same again. */
const mostDiagnoses = 12;
const diagnosed = new Map<string, number>();

async function run({ id, seed }: Extract<ToHost, { type: "run" }>): Promise<void> {
  const check = checks.get(id) as Check;
  const done = diagnosed.get(check.operator) ?? 0;
  const record = await runCheck(backend, check, seed, done < mostDiagnoses);
  if (record.status === "fail") diagnosed.set(check.operator, done + 1);
  send({ type: "verdict", record });
}

async function close(): Promise<void> {
  await backend?.close?.();
  process.exit(0);
}

process.on("message", (message: ToHost) => {
  const done = message.type === "load" ? load(message) : message.type === "run" ? run(message) : close();
  done.catch(uncaught);
});

function die(of: { readonly uncaught: string } | { readonly how: string }): void {
  send({ type: "dying", ...of });
  process.exit(1);
}

const uncaught = (thrown: unknown): void => die({ uncaught: explain(thrown) });

process.on("uncaughtException", uncaught);
// Without a supervisor there is nobody to answer to.
process.on("disconnect", () => process.exit(0));
