import { operatorNames } from "../../../../spec/index.ts";
import { kinds } from "../../../check.ts";
import template from "../../../report/page.eta?raw";
import { renderReport } from "../../../report/render.ts";
import type { Report } from "../../../report/report.ts";
import { explain } from "../../../runner/explain.ts";
import { noFilters } from "../../../runner/select.ts";
import type { Requested } from "../../../runner/target.ts";
import { backendNames } from "../backend.ts";
import { element, RunLine } from "./progress.ts";
import { run } from "./run.ts";

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const [form, stop, problem] = [byId<HTMLFormElement>("form"), byId<HTMLButtonElement>("stop"), byId("problem")];
const [lines, failures, downloads] = [byId("progress"), byId("failures"), byId("downloads")];
const frame = byId<HTMLIFrameElement>("report");
const start = form.querySelector<HTMLButtonElement>("button[type=submit]") as HTMLButtonElement;

const choices = (name: string, values: readonly string[], all: string): void => {
  const select = form.elements.namedItem(name) as HTMLSelectElement;
  for (const value of ["", ...values]) element("option", select, "", value || all).value = value;
};

/** The form as the address says: ?backend=cpu&operator=max-pool&seed=1, each if it is there. */
function fillForm(address: URLSearchParams): void {
  choices("operator", operatorNames, "all");
  choices("kind", kinds, "all but size");
  const asked = address.getAll("backend");
  for (const name of backendNames) {
    const label = element("label", byId("backends"));
    const box = element("input", label);
    Object.assign(box, { type: "checkbox", name: "backend", value: name });
    box.checked = asked.includes(name) || (asked.length === 0 && name === backendNames[0]);
    label.append(name);
  }
  for (const name of ["module", "operator", "kind", "seed", "timeout"]) {
    const value = address.get(name);
    if (value !== null) (form.elements.namedItem(name) as HTMLInputElement).value = value;
  }
}

/** What a page may do here decides what backends can use. */
const surroundings = (): string =>
  [
    `${navigator.hardwareConcurrency} processors`,
    crossOriginIsolated ? "threads can share memory" : "no shared memory, since this page is not cross-origin isolated",
    "gpu" in navigator ? "WebGPU" : "no WebGPU",
  ].join(" · ");

function show(report: Report): void {
  failures.replaceChildren();
  const html = renderReport(template, report);
  frame.onload = () => {
    frame.style.height = `${frame.contentDocument?.documentElement.scrollHeight ?? 0}px`;
  };
  frame.srcdoc = html;
  frame.hidden = false;
  const offer = (download: string, type: string, text: string) => {
    const href = URL.createObjectURL(new Blob([text], { type }));
    Object.assign(element("a", downloads, "", download), { download, href });
  };
  offer("report.json", "application/json", `${JSON.stringify(report, undefined, 2)}\n`);
  offer("report.html", "text/html", html);
}

async function runForm(): Promise<void> {
  const data = new FormData(form);
  const chosen = (name: string): string[] => data.getAll(name).map(String).filter(Boolean);
  const backends = [...chosen("backend"), ...chosen("module")];
  if (backends.length === 0) throw new Error("Choose a backend, or give the address of one.");
  for (const old of [lines, failures, downloads]) old.replaceChildren();
  frame.hidden = true;
  const shown = new Map<Requested, RunLine>();
  const controller = new AbortController();
  stop.onclick = () => controller.abort();
  const report = await run({
    backends,
    filters: { ...noFilters, operator: chosen("operator"), kind: chosen("kind") },
    seed: Number(data.get("seed")),
    timeout: 1000 * Number(data.get("timeout")),
    signal: controller.signal,
    onStart: (requested, checks) => shown.set(requested, new RunLine(requested.shown, checks, lines, failures)),
    onLoaded: (requested, loaded) => shown.get(requested)?.loaded(loaded),
    onRecord: (requested, record) => shown.get(requested)?.step(record),
  });
  show(report);
}

fillForm(new URLSearchParams(location.search));
byId("surroundings").textContent = surroundings();
form.onsubmit = (event) => {
  event.preventDefault();
  problem.textContent = "";
  start.disabled = true;
  stop.disabled = false;
  runForm()
    .catch((thrown) => {
      problem.textContent = explain(thrown);
    })
    .finally(() => {
      start.disabled = false;
      stop.disabled = true;
    });
};
