import {
  type AccessorNode,
  type FunctionNode,
  isAccessorNode,
  isRelationalNode,
  isSymbolNode,
  type MathNode,
} from "mathjs";
import { compile, compileIndex, operationOf, type Run } from "./compile.ts";
import { forEach, indicesOf, isReduction, rangesOf } from "./ranges.ts";
import { type Scope, within } from "./scope.ts";
import { type Value, values } from "./value.ts";

/** An expression of values: beside letters and operations, elements of tensors, and Sum, Max and Count over them. */
export const compileValue = (node: MathNode, scope: Scope): Run<Value> =>
  compile(values, node, scope, (part, at) => {
    if (isAccessorNode(part)) return element(part, at);
    if (isReduction(part)) return reduction(part, at);
    return undefined;
  });

function element(node: AccessorNode, scope: Scope): Run<Value> {
  const name = isSymbolNode(node.object) ? node.object.name : node.object.toString();
  const stored = scope.tensors[name];
  if (stored === undefined) throw new SyntaxError(`the formula has no tensor ${name}`);
  const { shape } = stored;
  const index = node.index.dimensions.map((dimension) => compileIndex(dimension, scope));
  if (index.length !== shape.length)
    throw new SyntaxError(`${node.toString()} has ${index.length} indices, ${name} has shape [${shape}]`);
  return () => {
    let offset = 0;
    for (let axis = 0; axis < index.length; axis++) {
      const i = index[axis]();
      if (!(i >= 1 && i <= shape[axis] && Number.isInteger(i))) return undefined;
      offset = offset * shape[axis] + i - 1;
    }
    return stored.values[offset];
  };
}

/** Sum, Max and Count: over all values of their indices for which every index in the body is valid. */
function reduction(node: FunctionNode, scope: Scope): Run<Value> {
  const { name, operands } = operationOf(node);
  const ranges = rangesOf(node, scope);
  const indices = indicesOf(ranges);
  const inner = within(scope, indices);
  const [body] = operands;

  if (name === "Count") {
    const counts = condition(body, inner) ?? compileValue(body, inner);
    return () => {
      let count = 0;
      forEach(ranges, indices, () => {
        const outcome = counts();
        if (outcome !== undefined && outcome !== false) count += 1;
      });
      return values.of(count);
    };
  }

  const combine = name === "Sum" ? values.add : values.max;
  const empty: Value = name === "Sum" ? values.of(0) : Number.NEGATIVE_INFINITY;
  const term = compileValue(body, inner);
  return () => {
    let total: Value | undefined;
    forEach(ranges, indices, () => {
      const value = term();
      if (value !== undefined) total = total === undefined ? value : combine(total, value);
    });
    return total ?? empty;
  };
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  smaller: (a, b) => a < b,
  smallerEq: (a, b) => a <= b,
  larger: (a, b) => a > b,
  largerEq: (a, b) => a >= b,
  equal: (a, b) => a === b,
};

/** A comparison of index expressions; a chain such as a < b <= c holds where each link does. Undefined for anything else. */
function condition(node: MathNode, scope: Scope): (() => boolean) | undefined {
  const { name, operands } = operationOf(node);
  const names = isRelationalNode(node) ? node.conditionals : [name];
  if (!names.every((link) => Object.hasOwn(comparisons, link))) return undefined;
  const sides = isRelationalNode(node) ? (node.params as readonly MathNode[]) : operands;
  const runs = sides.map((side) => compileIndex(side, scope));
  const links = names.map((link) => comparisons[link]);
  return () => links.every((holds, at) => holds(runs[at](), runs[at + 1]()));
}
