import type { OperatorName } from "../../spec/index.ts";
import { count, place, show, showRoughly } from "./numbers.ts";
import type { BackendReport, CallRecord, CheckRecord, WindowRecord } from "./report.ts";

/** What a window is multiplied by, or has added to it, when it is written in one line. */
const joints: Readonly<Record<string, string>> = { V: "", K: "×", b: "+" };

const mostShown = 48;

/** f32, direct: the format of a check and the algorithm the backend declares for its operator. */
export function formatOf({ operator, dtype }: CheckRecord, { capabilities: { declares } }: BackendReport): string {
  return `${dtype}, ${declares.operators?.[operator]?.algorithm ?? declares.algorithm ?? "direct"}`;
}

/** Z[0,1,2,0]   got 31   exact 12   allowed 0   (5 of 24 elements wrong) */
export function deviationLine({ failure, dtype }: CheckRecord): string | undefined {
  if (!failure?.deviation) return undefined;
  const { output, index, got, expected, allowed, wrong, of } = failure.deviation;
  const values = `got ${show(got, dtype)}   exact ${show(expected, dtype)}   allowed ${showRoughly(allowed)}`;
  return `${place(output, index)}   ${values}   (${wrong} of ${count(of, "element")} wrong)`;
}

/** 3 −1 | 4 2 ‖ 0 7 | 1 1: rows apart by |, planes by ‖; · is an element that does not contribute. */
export function windowValues({ begin, end, values }: WindowRecord, dtype: CheckRecord["dtype"]): string {
  if (!values) return "… (too many to show)";
  const columns = end[end.length - 1] - begin[begin.length - 1] + 1;
  const rows = end.length > 1 ? end[end.length - 2] - begin[begin.length - 2] + 1 : 1;
  const shown = values.slice(0, mostShown).map((value, at) => {
    const joint = at === 0 ? "" : at % (columns * rows) === 0 ? " ‖ " : at % columns === 0 ? " | " : " ";
    return `${joint}${value === null ? "·" : show(value, dtype)}`;
  });
  return shown.join("") + (values.length > mostShown ? ` … (${values.length} in all)` : "");
}

/** One line for each input tensor: what of it the wrong element depends on. */
export const windowLines = ({ failure, dtype }: CheckRecord): string[] =>
  (failure?.window ?? []).map((window) => {
    const joint = joints[window.tensor] ?? ",";
    const box = `${place(window.tensor, window.begin, window.end)} = ${windowValues(window, dtype)}`;
    return joint ? `${joint}   ${box}` : box;
  });

/** V [1,2,5,6]   K [3,2,2,2]   stride 1,2: the call but for its data. */
export function callLine({ shapes, attributes }: CallRecord): string {
  const tensors = Object.entries(shapes).map(([name, shape]) => `${name} [${shape}]`);
  return [...tensors, ...Object.entries(attributes).map(([name, value]) => `${name} ${attribute(value)}`)].join("   ");
}

const attribute = (value: unknown): string => {
  if (!Array.isArray(value)) return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return value.map((entry: unknown) => (Array.isArray(entry) ? `(${entry.join(",")})` : String(entry))).join(",");
};

const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

/** The command that puts one check to one backend again. */
export function again(
  { module, command }: Pick<BackendReport, "module" | "command">,
  id: string,
  seed: number,
): string {
  const backend = command ? `--command ${quoted(module)}` : quoted(module);
  return `npx convspec run ${backend} --check ${quoted(id)} --seed ${seed}`;
}

/** Every operator that any of the backends was asked for, in the order of the spec. */
export function operatorsOf(backends: readonly BackendReport[], order: readonly OperatorName[]): OperatorName[] {
  const asked = new Set(backends.flatMap(({ checks }) => checks.map(({ operator }) => operator)));
  return order.filter((operator) => asked.has(operator));
}

/** The name of each backend; where two share one, with what the user typed. */
export const labels = (backends: readonly BackendReport[]): string[] =>
  backends.map(({ name, module }) =>
    backends.filter((other) => other.name === name).length > 1 ? `${name} (${module})` : name,
  );
