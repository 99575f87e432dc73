import { clauseById } from "./clauses.ts";
import { type OperatorName, operatorNamed } from "./operators/index.ts";

/** The choices that the clauses of an operator leave open, each with its permitted options; the first is the default. */
export const choicesOf = (operator: OperatorName): Readonly<Record<string, readonly string[]>> =>
  Object.assign({}, ...operatorNamed(operator).clauses.map((clause) => clauseById(clause).choices ?? {}));

/** The option taken for every choice of an operator: the declared one, or else the default. */
export const chosen = (
  operator: OperatorName,
  declared: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(choicesOf(operator)).map(([name, [usual]]) => [name, declared[name] ?? usual]));
