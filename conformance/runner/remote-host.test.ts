import { setTimeout as after, setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { CheckRecord } from "../report/report.ts";
import type { FromHost, ToHost } from "./messages.ts";
import { RemoteHost } from "./remote-host.ts";

/** Says what it is given, after so many milliseconds each. */
class Scripted extends RemoteHost {
  readonly #says: readonly (readonly [wait: number, message: FromHost])[];
  protected readonly closed = Promise.resolve();

  constructor(says: readonly (readonly [wait: number, message: FromHost])[]) {
    super();
    this.#says = says;
  }

  kill(): void {
    this.ends("it was killed");
  }

  protected async send({ type }: ToHost): Promise<void> {
    if (type !== "run") return;
    for (const [wait, message] of this.#says) {
      await after(wait);
      this.received(message);
    }
  }
}

const verdict = (id: string): FromHost => ({ type: "verdict", record: { id, status: "pass" } as CheckRecord });

const outcomes = async (host: RemoteHost, ids: readonly string[], timeout: number): Promise<unknown[]> => {
  const found: unknown[] = [];
  for await (const outcome of host.run(ids, 1, timeout)) found.push("id" in outcome ? outcome.id : outcome.type);
  return found;
};

test("looking for the cause of a failure is not the backend's time", async () => {
  const host = new Scripted([
    [0, { type: "failed" }],
    [400, verdict("a")],
    [0, verdict("b")],
  ]);
  expect(await outcomes(host, ["a", "b"], 100)).toEqual(["a", "b"]);
});

test("a check that is not answered in time is the last", async () => {
  const host = new Scripted([
    [0, verdict("a")],
    [400, verdict("b")],
  ]);
  expect(await outcomes(host, ["a", "b", "c"], 100)).toEqual(["a", "silent"]);
});

test("an answer that came while nobody listened is not late", async () => {
  /** Answers by a port, which is read after timers that are due, at the beginning of a long time of work. */
  class Ported extends Scripted {
    protected override async send(): Promise<void> {
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = ({ data }) => {
        this.received(data);
        port2.close();
      };
      await setImmediate();
      port1.postMessage(verdict("a"));
      const until = performance.now() + 60;
      while (performance.now() < until);
    }
  }
  expect(await outcomes(new Ported([]), ["a"], 20)).toEqual(["a"]);
});

test("what a host said before it ended is heard, and then that it has ended", async () => {
  const host = new Scripted([
    [0, verdict("a")],
    [0, verdict("b")],
  ]);
  const answers = host.run(["a", "b", "c"], 1, 1000);
  const first = await answers.next();
  await after(50);
  host.kill();
  expect([first.value, (await answers.next()).value]).toMatchObject([{ id: "a" }, { id: "b" }]);
  expect((await answers.next()).value).toMatchObject({ type: "ended", how: "it was killed" });
});
