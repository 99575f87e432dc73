import leven from "leven";
import { operatorNames } from "../../spec/index.ts";
import { type Check, kinds } from "../check.ts";

/** What the user asked for is not there; the message says what is. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Which checks to run; a check must match one value of each filter that is not empty. */
export interface Filters {
  readonly operator: readonly string[];
  /** Clause ids or families. */
  readonly clause: readonly string[];
  readonly kind: readonly string[];
  readonly dtype: readonly string[];
  /** Ids of checks, or what comes before a `/` or an `@` in them. */
  readonly check: readonly string[];
}

export const noFilters: Filters = { operator: [], clause: [], kind: [], dtype: [], check: [] };

const matches: { readonly [name in keyof Filters]: (check: Check, value: string) => boolean } = {
  operator: ({ operator }, value) => operator === value,
  clause: ({ clauses }, value) => clauses.some((clause) => clause === value || clause.startsWith(`${value}-`)),
  kind: ({ kind }, value) => kind === value,
  dtype: ({ dtype }, value) => dtype === value,
  check: ({ id }, value) => id === value || id.startsWith(`${value}/`) || id.startsWith(`${value}@`),
};

const unique = (values: readonly string[]): string[] =>
  [...new Set(values)].sort(new Intl.Collator("en", { numeric: true }).compare);

/** What there is to choose from, for a person who chose something else. */
const choices: { readonly [name in keyof Filters]: (checks: readonly Check[]) => readonly string[] } = {
  operator: () => operatorNames,
  clause: (checks) => unique(checks.flatMap(({ clauses }) => clauses)),
  kind: () => kinds,
  dtype: (checks) => unique(checks.map(({ dtype }) => dtype)),
  check: (checks) => checks.map(({ id }) => id),
};

/** The nearest of a few values, where one is near; the shortest of those that go on from it. */
export function nearest(value: string, among: readonly string[]): string | undefined {
  const longer = among.filter((candidate) => candidate.startsWith(value));
  const from = longer.length > 0 ? longer : among;
  const [best] = from
    .map((candidate) => ({ candidate, distance: leven(value, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  return best && (longer.length > 0 || best.distance <= Math.max(2, value.length / 3)) ? best.candidate : undefined;
}

function selectsNothing(name: keyof Filters, value: string, checks: readonly Check[]): UsageError {
  const among = choices[name](checks);
  const near = nearest(value, among);
  const hint = near === undefined ? "" : ` (did you mean ${near}?)`;
  const list = name === "check" ? "`convspec list` has them all" : `${name}s are: ${among.join(", ")}`;
  return new UsageError(`no check matches --${name} ${value}${hint}; ${list}`);
}

/** Size checks are large: they run when their kind or their ids are asked for. */
const wanted = ({ kind }: Check, filters: Filters): boolean =>
  kind !== "size" || filters.kind.includes("size") || filters.check.length > 0;

/**
 * The checks that match.
 * @throws {UsageError} where a filter, or all of them together, match none
 */
export function select(checks: readonly Check[], filters: Filters): readonly Check[] {
  const names = (Object.keys(matches) as (keyof Filters)[]).filter((name) => filters[name].length > 0);
  for (const name of names) {
    const idle = filters[name].find((value) => !checks.some((check) => matches[name](check, value)));
    if (idle !== undefined) throw selectsNothing(name, idle, checks);
  }
  const chosen = checks.filter(
    (check) =>
      wanted(check, filters) && names.every((name) => filters[name].some((value) => matches[name](check, value))),
  );
  if (chosen.length === 0)
    throw new UsageError(
      `no check matches ${names.map((name) => `--${name} ${filters[name].join(",")}`).join(" and ")}`,
    );
  return chosen;
}
