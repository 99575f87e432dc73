import {
  ConstantNode,
  FunctionNode,
  isAccessorNode,
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  type MathNode,
  OperatorNode,
  SymbolNode,
} from "mathjs";
import { compileIndex, operationOf } from "./compile.ts";
import { compileValue, condition } from "./compile-value.ts";
import { conditionsOf, forEach, indicesOf, isReduction, rangesOf } from "./ranges.ts";
import { type Scope, within } from "./scope.ts";
import { compareValues, type Value } from "./value.ts";

/** The symbol of an element of a tensor: V_1_1_2. */
const symbolOf = (tensor: string, index: readonly number[]): string => [tensor, ...index].join("_");

/** A number that no derivative depends on, and that no operation of a derivative needs but these. */
const constant = (value: Value | undefined): MathNode => {
  const number = Number(value);
  return new ConstantNode(Number.isFinite(number) ? number : 0);
};

/** The one of some expressions whose value is largest; of equal ones the first. */
function winner(candidates: readonly { readonly node: MathNode; readonly value: Value }[], sign: 1 | -1): MathNode {
  const [first, ...rest] = candidates;
  if (first === undefined) return new ConstantNode(0);
  return rest.reduce((best, other) => (sign * compareValues(other.value, best.value) > 0 ? other : best), first).node;
}

/**
 * A formula at the current values of its indices as an expression of scalar symbols: sums are written out, a
 * maximum is the expression that wins it, a count is a number. Undefined where an index in it is not valid.
 */
export function unroll(node: MathNode, scope: Scope): MathNode | undefined {
  if (isParenthesisNode(node)) return unroll(node.content, scope);
  if (isConstantNode(node)) return node;
  if (isAccessorNode(node)) {
    const name = isSymbolNode(node.object) ? node.object.name : "";
    const { shape, formula } = scope.tensors[name];
    const index = node.index.dimensions.map((dimension) => compileIndex(dimension, scope)());
    const valid = index.every((i, axis) => Number.isInteger(i) && i >= 1 && i <= shape[axis]);
    if (!valid) return undefined;
    const defined = formula?.(index);
    return defined ? unroll(defined.expression, defined.scope) : new SymbolNode(symbolOf(name, index));
  }
  if (isReduction(node)) return reduced(node, scope);
  if (isSymbolNode(node))
    return scope.constants && Object.hasOwn(scope.constants, node.name) ? node : constant(compileValue(node, scope)());
  return rebuilt(node, scope);
}

function reduced(node: FunctionNode, scope: Scope): MathNode {
  const { name, operands } = operationOf(node);
  if (name === "Count") return constant(compileValue(node, scope)());
  const ranges = rangesOf(node, scope);
  const indices = indicesOf(ranges);
  const inner = within(scope, indices);
  const conditions = conditionsOf(node).map((part) => condition(part, inner));
  const current = compileValue(operands[0], inner);
  const terms: { node: MathNode; value: Value }[] = [];
  forEach(ranges, indices, () => {
    const value = current();
    if (value === undefined || !conditions.every((isMet) => isMet())) return;
    terms.push({ node: unroll(operands[0], inner) as MathNode, value });
  });
  if (name === "Max") return winner(terms, 1);
  return terms.length === 0
    ? new ConstantNode(0)
    : terms.map((term) => term.node).reduce((sum, term) => new OperatorNode("+", "add", [sum, term]));
}

function rebuilt(node: MathNode, scope: Scope): MathNode | undefined {
  const { name, operands } = operationOf(node);
  const parts = operands.map((operand) => unroll(operand, scope));
  if (parts.some((part) => part === undefined)) return undefined;
  const args = parts as MathNode[];
  if (name === "floor" || name === "ceil") return constant(compileValue(node, scope)());
  if (name === "max" || name === "min") {
    const candidates = operands.map((operand, at) => ({
      node: args[at],
      value: compileValue(operand, scope)() as Value,
    }));
    return winner(candidates, name === "max" ? 1 : -1);
  }
  if (isOperatorNode(node)) return new OperatorNode(node.op, node.fn, args);
  if (isFunctionNode(node)) return new FunctionNode(name, args);
  throw new SyntaxError(`${node.toString()} cannot be written out`);
}
