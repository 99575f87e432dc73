import Table from "cli-table3";
import colors from "picocolors";
import type { Row } from "./results.ts";

const figure = (value: number | undefined, digits = 3): string =>
  value === undefined ? "" : value >= 1000 ? value.toFixed(0) : value.toPrecision(digits);

const percent = (value: number | undefined): string => (value === undefined ? "" : `${(100 * value).toFixed(0)} %`);

const spreadText = ({ medianMs, spread }: Row): string =>
  medianMs === undefined || !spread ? "" : `± ${((50 * (spread.q3 - spread.q1)) / medianMs).toFixed(1)} %`;

/** What became of what was not timed; its first words say why. */
const outcome = ({ status, reason = "" }: Row): string => {
  const text = `${status}: ${reason}`.replace(/\s+/g, " ");
  const short = text.length > 88 ? `${text.slice(0, 87)}…` : text;
  return status === "wrong" || status === "failed" ? colors.red(short) : colors.dim(short);
};

/** Rows of one cell on one number of threads. */
export function byCell(rows: readonly Row[]): readonly (readonly Row[])[] {
  const cells = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.layer}\n${row.operation}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return [...cells.values()];
}

/** The times of one of ours: of those that computed the cell the fastest. */
export const bestOfOurs = (rows: readonly Row[]): Row | undefined =>
  rows
    .filter(({ role, medianMs }) => role === "ours" && medianMs !== undefined)
    .sort((a, b) => (a.medianMs ?? 0) - (b.medianMs ?? 0))[0];

/** How many times faster the first is than the second; undefined where one has no time. */
export const ratio = (ours: Row | undefined, other: Row | undefined): number | undefined =>
  ours?.medianMs !== undefined && other?.medianMs !== undefined ? other.medianMs / ours.medianMs : undefined;

/** Everything that was measured, a cell after the other. */
export function timesTable(rows: readonly Row[]): string {
  const head = [
    "backend",
    "threads",
    "ms",
    "spread",
    "GFLOP/s",
    "GB/s",
    "of limit",
    "max error",
    "first ms",
    "round trip",
    "MiB",
  ];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const cell of byCell(rows)) {
    table.push([{ colSpan: head.length, content: colors.bold(`${cell[0].layer} · ${cell[0].operation}`) }]);
    const unsupported = cell.filter(({ status }) => status === "unsupported");
    for (const row of cell.filter(({ status }) => status !== "unsupported")) {
      const { role, backend, threads, medianMs, gflops, gbps, ofLimit, maxError, firstMs, roundTripMs, peakMiB } = row;
      const name = role === "ours" ? colors.bold(backend) : backend;
      if (medianMs === undefined)
        table.push([name, String(threads), { colSpan: head.length - 2, content: outcome(row) }]);
      else {
        const rates = [figure(gflops), figure(gbps), role === "limit" ? "" : percent(ofLimit)];
        const rest = [
          maxError?.toExponential(1) ?? "",
          figure(firstMs),
          figure(roundTripMs),
          peakMiB?.toFixed(0) ?? "",
        ];
        table.push([name, String(threads), figure(medianMs), spreadText(row), ...rates, ...rest]);
      }
    }
    const names = unsupported.map(({ backend }) => backend).join(", ");
    if (names) table.push([{ colSpan: head.length, content: colors.dim(`not implemented by ${names}`) }]);
  }
  return table.toString();
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** How many times faster each of ours is than each peer, a line for each cell; "–" where one of the two has no time. */
export function ratioTable(rows: readonly Row[]): string {
  const named = (role: Row["role"]): string[] =>
    unique(rows.filter((row) => row.role === role && row.medianMs !== undefined).map(({ backend }) => backend));
  const [ours, peers] = [named("ours"), named("peer")];
  const lines = ours.map((name) => {
    const head = [`${name} against`, ...peers, "of limit"];
    const table = new Table({ head, style: { head: [], border: [] } });
    for (const cell of byCell(rows)) {
      const of = (backend: string): Row | undefined => cell.find((row) => row.backend === backend);
      const own = of(name);
      if (own?.medianMs === undefined) continue;
      const against = peers.map((peer) => ratio(own, of(peer))?.toFixed(2) ?? "–");
      table.push([`${own.layer} · ${own.operation}`, ...against, percent(own.ofLimit)]);
    }
    return table.toString();
  });
  return lines.join("\n");
}
