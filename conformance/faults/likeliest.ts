import type { CheckRecord } from "../report/report.ts";
import { faults } from "./index.ts";

const order = new Map(faults.map(({ id }, at) => [id, at]));
const titles = new Map(faults.map(({ id, title }) => [id, title]));

/**
 * The fault that explains most of several failures of one operator, and of those that explain as
 * many the first in the zoo.
 */
export function likeliest(explained: readonly (readonly string[])[]): string | undefined {
  const votes = new Map<string, number>();
  for (const ids of explained) for (const id of ids) votes.set(id, (votes.get(id) ?? 0) + 1);
  const rank = (id: string): number => -(votes.get(id) as number) * order.size + (order.get(id) as number);
  return [...votes.keys()].sort((a, b) => rank(a) - rank(b))[0];
}

/** The records with the likeliest cause of each failure in words: stride-swapped (the strides are exchanged). */
export function withLikeliest(records: readonly CheckRecord[]): CheckRecord[] {
  const best = new Map<string, string | undefined>();
  for (const operator of new Set(records.map((record) => record.operator))) {
    const explained = records.flatMap((record) =>
      record.operator === operator && record.failure?.matches ? [record.failure.matches] : [],
    );
    best.set(operator, likeliest(explained));
  }
  return records.map((record) => {
    const { failure, operator } = record;
    if (!failure?.matches) return record;
    const usual = best.get(operator) as string;
    const fault = failure.matches.includes(usual) ? usual : failure.matches[0];
    return { ...record, failure: { ...failure, looksLike: `${fault.split("/")[1]} (${titles.get(fault)})` } };
  });
}
