import { isConstantNode, isFunctionNode, isOperatorNode, isParenthesisNode, isSymbolNode, type MathNode } from "mathjs";
import { type Domain, integers } from "./domain.ts";
import type { Scope } from "./scope.ts";

/** Evaluates an expression at the current values of the indices; undefined where an index in it is not valid. */
export type Run<T> = () => T | undefined;

/** How a domain reads what is no operation, letter or number. */
export type Reader<T> = (node: MathNode, scope: Scope) => Run<T> | undefined;

const binary = {
  add: "add",
  subtract: "subtract",
  multiply: "multiply",
  divide: "divide",
  max: "max",
  min: "min",
  mod: "mod",
} as const;

const unary = { unaryMinus: "negate", floor: "floor", ceil: "ceil", sqrt: "sqrt" } as const;

/** The operation or function of a node, by mathjs's name for it, and its operands. */
export function operationOf(node: MathNode): { readonly name: string; readonly operands: readonly MathNode[] } {
  if (isOperatorNode(node)) return { name: String(node.fn), operands: node.args };
  if (isFunctionNode(node) && isSymbolNode(node.fn)) return { name: node.fn.name, operands: node.args };
  return { name: "", operands: [] };
}

/**
 * An expression of numbers, letters, indices and operations, and of what the reader knows beside them.
 * @throws {SyntaxError} for anything else
 */
export function compile<T>(x: Domain<T>, node: MathNode, scope: Scope, reader?: Reader<T>): Run<T> {
  const read = reader?.(node, scope);
  if (read) return read;
  if (isParenthesisNode(node)) return compile(x, node.content, scope, reader);
  if (isConstantNode(node)) return constant(x, Number(node.value));
  if (isSymbolNode(node)) return symbol(x, node.name, scope);
  const { name, operands } = operationOf(node);
  const runs = operands.map((operand) => compile(x, operand, scope, reader));
  if (name === "pow" && isConstantNode(operands[1]) && operands[1].value === 2) return square(x, runs);
  if (Object.hasOwn(binary, name) && runs.length === 2) return ofTwo(x[binary[name as keyof typeof binary]], runs);
  if (Object.hasOwn(unary, name) && runs.length === 1) return ofOne(x[unary[name as keyof typeof unary]], runs);
  throw new SyntaxError(`a formula cannot contain ${node.toString()} here`);
}

/** An index expression: it has no part in the values of a tensor, and is always defined. */
export const compileIndex = (node: MathNode, scope: Scope): (() => number) =>
  compile(integers, node, scope) as () => number;

const ofOne =
  <T>(operation: (a: T) => T, [a]: readonly Run<T>[]): Run<T> =>
  () => {
    const value = a();
    return value === undefined ? undefined : operation(value);
  };

const ofTwo =
  <T>(operation: (a: T, b: T) => T, [a, b]: readonly Run<T>[]): Run<T> =>
  () => {
    const left = a();
    const right = b();
    return left === undefined || right === undefined ? undefined : operation(left, right);
  };

const square =
  <T>(x: Domain<T>, [a]: readonly Run<T>[]): Run<T> =>
  () => {
    const value = a();
    return value === undefined ? undefined : x.multiply(value, value);
  };

function constant<T>(x: Domain<T>, value: number): Run<T> {
  if (!Number.isSafeInteger(value)) throw new SyntaxError(`a constant of a formula must be an integer, got ${value}`);
  const embedded = x.of(value);
  return () => embedded;
}

function symbol<T>(x: Domain<T>, name: string, { indices, letters }: Scope): Run<T> {
  if (Object.hasOwn(indices, name)) {
    const index = indices[name];
    return () => x.of(index.value);
  }
  if (!Object.hasOwn(letters, name)) throw new SyntaxError(`the letter ${name} stands for nothing`);
  return constant(x, letters[name]);
}
