import type { Report } from "../report/report.ts";

/** The checks of a run that some backend took on: one that all of them called unsupported did not run. */
export const ranIn = ({ backends }: Pick<Report, "backends">): ReadonlySet<string> =>
  new Set(
    backends.flatMap(({ checks }) => checks.filter(({ status }) => status !== "unsupported").map(({ id }) => id)),
  );
