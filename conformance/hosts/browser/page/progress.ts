import type { Status } from "../../../check.ts";
import { count } from "../../../report/numbers.ts";
import { type CheckRecord, summarise } from "../../../report/report.ts";
import type { Loaded } from "../../../runner/messages.ts";

const order: readonly Status[] = ["pass", "fail", "error", "unsupported"];
const red: ReadonlySet<Status> = new Set(["fail", "error"]);

/** The first failures are shown at once; the report has all. */
const mostShown = 8;

/** An element with a class and a text, in a parent. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  parent: Element,
  className = "",
  text = "",
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  parent.append(made);
  return made;
}

/** The line of one backend: how far it is, and how the checks came out so far. */
export class RunLine {
  readonly #summary = { ...summarise([]) };
  readonly #bar: HTMLProgressElement;
  readonly #counts: HTMLElement;
  readonly #runsOn: HTMLElement;
  readonly #failures: Element;
  readonly #name: HTMLElement;

  constructor(name: string, total: number, lines: Element, failures: Element) {
    const line = element("div", lines, "run");
    this.#name = element("span", line, "name", name);
    this.#bar = element("progress", line);
    this.#bar.max = total;
    this.#bar.value = 0;
    this.#counts = element("span", line, "counts", "is loaded …");
    this.#runsOn = element("span", line, "runs-on soft");
    this.#failures = failures;
  }

  loaded({ name, description }: Loaded): void {
    this.#name.textContent = name;
    this.#counts.textContent = count(this.#bar.max, "check");
    if (description !== null) this.#runsOn.textContent = `runs on ${description}`;
  }

  step({ id, status, message }: CheckRecord): void {
    this.#summary[status] += 1;
    this.#bar.value += 1;
    this.#counts.replaceChildren();
    for (const each of order)
      if (this.#summary[each] > 0)
        element("span", this.#counts, red.has(each) ? "fail" : each, ` ${this.#summary[each]} ${each} `);
    if (red.has(status) && this.#failures.childElementCount < mostShown)
      element("li", this.#failures, "fail", `✗ ${this.#name.textContent} ${id}: ${message ?? status}`);
  }
}
