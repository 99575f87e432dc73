import {
  type AccessorNode,
  type FunctionNode,
  isAccessorNode,
  isRelationalNode,
  isSymbolNode,
  type MathNode,
} from "mathjs";
import { compile, compileIndex, operationOf, type Run } from "./compile.ts";
import { conditionsOf, forEach, indicesOf, isCondition, isReduction, rangesOf } from "./ranges.ts";
import { type Scope, within } from "./scope.ts";
import { compareValues, type Value, values } from "./value.ts";

/** An expression of values: beside letters and operations, elements of tensors, and Sum, Max and Count over them. */
export const compileValue = (node: MathNode, scope: Scope): Run<Value> =>
  compile(values, node, scope, (part, at) => {
    if (isAccessorNode(part)) return element(part, at);
    if (isReduction(part)) return reduction(part, at);
    if (isSymbolNode(part) && at.constants && Object.hasOwn(at.constants, part.name)) {
      const value = at.constants[part.name];
      return () => value;
    }
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

/** Sum, Max and Count: over all values of their indices for which every index in the body is valid and every condition holds. */
function reduction(node: FunctionNode, scope: Scope): Run<Value> {
  const { name, operands } = operationOf(node);
  const ranges = rangesOf(node, scope);
  const indices = indicesOf(ranges);
  const inner = within(scope, indices);
  const [body] = operands;
  const conditions = conditionsOf(node).map((part) => condition(part, inner));
  const each = (term: () => void): void =>
    forEach(ranges, indices, () => {
      if (conditions.every((holds) => holds())) term();
    });

  if (name === "Count") {
    const counts = isCondition(body) ? condition(body, inner) : compileValue(body, inner);
    return () => {
      let count = 0;
      each(() => {
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
    each(() => {
      const value = term();
      if (value !== undefined) total = total === undefined ? value : combine(total, value);
    });
    return total ?? empty;
  };
}

/** What a comparison says of the sign of the difference of its sides. */
const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  smaller: (order) => order < 0,
  smallerEq: (order) => order <= 0,
  larger: (order) => order > 0,
  largerEq: (order) => order >= 0,
  equal: (order) => order === 0,
};

/** Whether an expression has to do with the values of tensors, and not with indices alone. */
const readsValues = (node: MathNode): boolean =>
  node.filter((part) => isAccessorNode(part) || isReduction(part)).length > 0;

/**
 * A comparison of index expressions, or of values as Max ranks them; a chain such as a < b <= c holds where each
 * link does. It does not hold where an index in it is not valid.
 */
export function condition(node: MathNode, scope: Scope): () => boolean {
  const { name, operands } = operationOf(node);
  const links = (isRelationalNode(node) ? node.conditionals : [name]).map((link) => comparisons[link]);
  const sides = isRelationalNode(node) ? (node.params as readonly MathNode[]) : operands;
  if (!readsValues(node)) {
    const runs = sides.map((side) => compileIndex(side, scope));
    return () => links.every((holds, at) => holds(runs[at]() - runs[at + 1]()));
  }
  const runs = sides.map((side) => compileValue(side, scope));
  return () =>
    links.every((holds, at) => {
      const [left, right] = [runs[at](), runs[at + 1]()];
      return left !== undefined && right !== undefined && holds(compareValues(left, right));
    });
}
