import { parentPort } from "node:worker_threads";
import { slide } from "../sliding.ts";
import { weigh } from "../weighing.ts";
import { Workshop } from "../workshop.ts";
import type { Answer, Order } from "./message.ts";

const workshops = new Map<boolean, Promise<Workshop>>();

async function run({ problem, plan, share, certified }: Order): Promise<Answer> {
  const workshop = workshops.get(certified) ?? Workshop.create(certified);
  workshops.set(certified, workshop);
  if (problem.kind === "weighing") return { weighed: weigh(await workshop, problem, plan, share) };
  slide(await workshop, problem, plan, share);
  return {};
}

parentPort?.on("message", (order: Order) => {
  run(order).then(
    (answer) => parentPort?.postMessage(answer),
    (thrown: unknown) => parentPort?.postMessage({ error: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
});
