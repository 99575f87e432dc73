import { type OperatorName, operatorNames } from "../../spec/index.ts";
import type { Status } from "../check.ts";
import { again, callLine, deviationLine, formatOf, labels, operatorsOf, windowValues } from "./describe-failure.ts";
import { byReason } from "./groups.ts";
import { type Strip, scale, stripOf } from "./margins.ts";
import { place, show, showRoughly } from "./numbers.ts";
import { type BackendReport, type CheckRecord, type Report, summarise, type WindowRecord } from "./report.ts";

const mostFailures = 100;
const mostCells = 200;

/** One plane of a window: the last two axes, with the indices before them. */
interface Plane {
  readonly caption: string;
  readonly rows: readonly (readonly string[])[];
}

/** A window as grids, or as a line where it has too many elements for them. */
function planesOf(window: WindowRecord, dtype: CheckRecord["dtype"]): Plane[] | string {
  const { tensor, begin, end, values } = window;
  if (!values || values.length > mostCells) return `${place(tensor, begin, end)} = ${windowValues(window, dtype)}`;
  const leading = Math.max(begin.length - 2, 0);
  const extents = begin.map((first, axis) => end[axis] - first + 1);
  const columns = extents[extents.length - 1];
  const rows = extents.length > 1 ? extents[extents.length - 2] : 1;
  const cells = values.map((value) => (value === null ? "·" : show(value, dtype)));
  return Array.from({ length: values.length / (rows * columns) }, (_, plane) => {
    let rest = plane;
    const index: number[] = [];
    for (let axis = leading - 1; axis >= 0; axis--) {
      index[axis] = begin[axis] + (rest % extents[axis]);
      rest = Math.floor(rest / extents[axis]);
    }
    const from = plane * rows * columns;
    return {
      caption: place(tensor, [...index, ...begin.slice(leading)], [...index, ...end.slice(leading)]),
      rows: Array.from({ length: rows }, (_, row) => cells.slice(from + row * columns, from + (row + 1) * columns)),
    };
  });
}

const failureView = (check: CheckRecord, backend: BackendReport, seed: number) => ({
  id: check.id,
  clauses: check.clauses,
  format: formatOf(check, backend),
  what: deviationLine(check) ?? check.message ?? "",
  call: check.failure?.call && callLine(check.failure.call),
  windows: (check.failure?.window ?? []).map((window) => planesOf(window, check.dtype)),
  looksLike: check.failure?.looksLike,
  again: again(backend, check.id, seed),
});

interface Margin {
  readonly operator: OperatorName;
  readonly strip: Strip;
  readonly worst: string;
}

const marginsOf = ({ checks }: BackendReport): Margin[] =>
  operatorNames.flatMap((operator) => {
    const strip = stripOf(checks.filter((check) => check.operator === operator));
    return strip ? [{ operator, strip, worst: showRoughly(strip.worst.margin) }] : [];
  });

function backendView(backend: BackendReport, label: string, at: number, seed: number) {
  const failed = backend.checks.filter(({ status }) => status === "fail");
  // Operators that fail come with the first of their failures, so that the table can link to each.
  const anchors = new Map(failed.toReversed().map(({ operator, id }) => [operator, id]));
  return {
    anchor: `backend-${at}`,
    label,
    module: backend.module,
    version: backend.version,
    description: backend.description,
    observed: backend.observed,
    summary: backend.summary,
    formats: backend.capabilities.dtypes.join(", "),
    margins: marginsOf(backend),
    failures: failed.slice(0, mostFailures).map((check) => ({
      ...failureView(check, backend, seed),
      anchor: anchors.get(check.operator) === check.id ? `failed-${at}-${check.operator}` : undefined,
    })),
    moreFailures: Math.max(failed.length - mostFailures, 0),
    errors: byReason(backend.checks, "error"),
    unsupported: byReason(backend.checks, "unsupported"),
  };
}

const statuses: readonly Status[] = ["pass", "fail", "error", "unsupported"];

function cellView(checks: readonly CheckRecord[], at: number, operator: OperatorName) {
  const summary = summarise(checks);
  const links = {
    pass: undefined,
    fail: `#failed-${at}-${operator}`,
    error: `#errors-${at}`,
    unsupported: `#unsupported-${at}`,
  };
  return statuses
    .filter((status) => summary[status] > 0)
    .map((status) => ({ status, count: summary[status], link: links[status] }));
}

/** A report as the page shows it: every number formatted, nothing left to decide. */
export function viewOf(report: Report) {
  const { backends, seed } = report;
  const names = labels(backends);
  return {
    report,
    started: report.started.replace("T", " ").replace(/\.\d+Z$/, " UTC"),
    seconds: report.wallSeconds.toFixed(1),
    backends: backends.map((backend, at) => backendView(backend, names[at], at, seed)),
    operators: operatorsOf(backends, operatorNames).map((operator) => ({
      operator,
      cells: backends.map(({ checks }, at) =>
        cellView(
          checks.filter((check) => check.operator === operator),
          at,
          operator,
        ),
      ),
    })),
    scale,
  };
}
