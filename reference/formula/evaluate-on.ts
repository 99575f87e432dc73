import type { Shape, Tensor } from "../../spec/index.ts";
import { decode } from "../rounding.ts";
import { compileValue } from "./compile-value.ts";
import { equation } from "./parse.ts";
import { along, forEach, indicesOf } from "./ranges.ts";
import { type Scope, type Stored, within } from "./scope.ts";
import { embedded, type Ratio, ratio } from "./value.ts";

const asStored = ({ shape, ...tensor }: Tensor): Stored => ({
  shape,
  values: Array.from(decode({ shape, ...tensor }), embedded),
});

/**
 * Runs a printed formula that is no operator's on tensors of its own letters.
 * @param shape what its free indices run over
 * @param letters the integers it names beside them
 * @returns what it defines: exact, row-major
 * @throws {RangeError} if an index outside every sum is not valid
 */
export function evaluateOn(
  text: string,
  tensors: Readonly<Record<string, Tensor>>,
  shape: Shape,
  letters: Readonly<Record<string, number>> = {},
): readonly Ratio[] {
  const { indices: names, expression } = equation(text);
  if (names.length !== shape.length)
    throw new RangeError(`${text} has ${names.length} free indices, not ${shape.length}`);
  const free = names.map((name, axis) => along(name, shape[axis]));
  const indices = indicesOf(free);
  const stored = Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, asStored(tensor)]));
  const outside: Scope = { letters, tensors: stored, indices: {} };
  const element = compileValue(expression, within(outside, indices));
  const result: Ratio[] = [];
  forEach(free, indices, () => {
    const value = element();
    if (value === undefined) throw new RangeError(`an index outside every sum of ${text} is not valid`);
    result.push(ratio(value));
  });
  return result;
}
