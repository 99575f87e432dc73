import type { OperatorName } from "../../spec/index.ts";

const most = { hung: 2, crashed: 3 } as const;
const words = { hung: "twice", crashed: "three times" } as const;

/** How the message of a check begins that was given up on. */
export const notRun = "not run:";

/** How often the checks of each operator have hung or crashed: after a few, the rest would only cost time. */
export class Strikes {
  readonly #counts = new Map<string, number>();

  add(operator: OperatorName, what: keyof typeof most): void {
    const key = `${operator} ${what}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Why no more checks of an operator are run; undefined while they are. */
  out(operator: OperatorName): string | undefined {
    const what = (["hung", "crashed"] as const).find(
      (kind) => (this.#counts.get(`${operator} ${kind}`) ?? 0) >= most[kind],
    );
    return what && `${notRun} ${operator} has ${what} ${words[what]}`;
  }
}
