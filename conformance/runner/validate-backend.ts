import { type Backend, isOperatorName, numberFormats, operatorNames } from "../../spec/index.ts";
import type { Loaded } from "./messages.ts";

/** A module that is no backend; the message says why in one line. */
export class NotABackend extends Error {
  override readonly name = "NotABackend";
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * Holds the default export of a user's module against the `Backend` interface.
 * @throws {NotABackend} for the first thing that is wrong
 */
export function validateBackend(exported: unknown): Backend {
  if (exported === undefined) throw new NotABackend("it has no default export; a backend is one");
  if (!isObject(exported)) throw new NotABackend(`its default export must be an object, got ${typeof exported}`);
  const { name, operators, dtypes, description } = exported;
  if (typeof name !== "string" || name === "") throw new NotABackend("the backend has no name");
  if (description !== undefined && typeof description !== "string")
    throw new NotABackend(`description must be a string, got ${typeof description}`);
  if (!isObject(operators)) throw new NotABackend("the backend has no operators; expected { correlate: …, … }");
  for (const [operator, implementation] of Object.entries(operators)) {
    if (!isOperatorName(operator))
      throw new NotABackend(`unknown operator ${operator}; the spec has: ${operatorNames.join(", ")}`);
    if (implementation !== undefined && typeof implementation !== "function")
      throw new NotABackend(`operator ${operator} must be a function, got ${typeof implementation}`);
  }
  const formats = Object.keys(numberFormats);
  if (dtypes !== undefined && !Array.isArray(dtypes)) throw new NotABackend("dtypes must be an array");
  const unknown = (dtypes as unknown[] | undefined)?.find((dtype) => !formats.includes(String(dtype)));
  if (unknown !== undefined)
    throw new NotABackend(`unknown number format ${String(unknown)}; the spec has: ${formats.join(", ")}`);
  return exported as unknown as Backend;
}

/** What a backend says of itself, as plain data. */
export const describe = ({ name, version, description, dtypes, operators, declares }: Backend): Loaded => ({
  name,
  version: version ?? null,
  description: description ?? null,
  capabilities: {
    dtypes: dtypes ?? ["f32"],
    operators: operatorNames.filter((operator) => operators[operator] !== undefined),
    declares: declares ?? {},
  },
});
