import { derivative, isConstantNode, isParenthesisNode, isSymbolNode, type MathNode } from "mathjs";
import type { OperatorName, Tensor } from "../../spec/index.ts";
import { type Exact, exact, exactly } from "../arithmetics/exact.ts";
import type { StoredInputs } from "../evaluate.ts";
import { decode } from "../rounding.ts";
import { indices } from "../tensor.ts";
import { bindings } from "./bindings.ts";
import { operationOf } from "./compile.ts";
import { definition } from "./evaluate.ts";
import { forEach } from "./ranges.ts";
import { unroll } from "./unroll.ts";

type Symbols = ReadonlyMap<string, Exact>;

/** An expression of scalar symbols, as derivatives have it, in exact numbers. */
function evaluateExactly(node: MathNode, symbols: Symbols): Exact {
  if (isParenthesisNode(node)) return evaluateExactly(node.content, symbols);
  if (isConstantNode(node)) return exactly(Number(node.value));
  if (isSymbolNode(node)) {
    const value = symbols.get(node.name);
    if (value === undefined) throw new SyntaxError(`the symbol ${node.name} stands for nothing`);
    return value;
  }
  const { name, operands } = operationOf(node);
  const [a, b] = operands.map((operand) => evaluateExactly(operand, symbols));
  const negated = (value: Exact) => exact.scale(value, -1, 1);
  if (name === "add") return exact.add(a, b);
  if (name === "subtract") return exact.add(a, negated(b));
  if (name === "multiply") return exact.multiply(a, b);
  if (name === "divide") return exact.divide(a, b);
  if (name === "unaryMinus") return negated(a);
  if (name === "sqrt") return exact.sqrt(a);
  if (name === "pow") return power(a, b);
  throw new SyntaxError(`a derivative cannot contain ${node.toString()}`);
}

/** a^b for a small whole number b. */
function power(a: Exact, b: Exact): Exact {
  let result: Exact = exactly(1);
  for (let n = exactly(1); exact.compare(n, b) <= 0; n = exact.add(n, exactly(1)) as typeof n)
    result = exact.multiply(result, a);
  return result;
}

/** The symbols of a tensor's elements, row-major. */
const symbolsOf = (tensor: string, shape: readonly number[]): string[] =>
  Array.from(indices(...shape), (index) => [tensor, ...index.map((i) => i + 1)].join("_"));

/**
 * The gradient of ⟨Z, G⟩ by mathjs's symbolic derivative of the printed formula: each element of Z is written out in
 * scalar symbols, derived for each symbol of the input in it, and evaluated exactly. For small calls.
 * @param input the name of the input that the derivative is taken for
 * @param G the gradient with respect to the operator's first output Z, row-major; 0 for elements that are left out
 * @returns the gradient, row-major
 */
export function symbolicGradient(
  operator: OperatorName,
  inputs: StoredInputs,
  attributes: object,
  input: string,
  G: readonly Exact[],
): Exact[] {
  const { free, indices: position, scope, expression } = definition(operator, inputs, attributes);
  const types = Object.fromEntries(Object.entries(inputs).filter((entry): entry is [string, Tensor] => !!entry[1]));
  const { constants = {} } = bindings[operator](types, attributes as never);
  const symbols = new Map(Object.entries(constants).map(([name, value]): [string, Exact] => [name, exactly(value)]));
  for (const [name, { shape }] of Object.entries(scope.tensors)) {
    const values = types[name] ? decode(types[name]) : [];
    for (const [at, symbol] of symbolsOf(name, shape).entries()) symbols.set(symbol, exactly(values[at] ?? 0));
  }
  const own = new Map(symbolsOf(input, scope.tensors[input].shape).map((symbol, at) => [symbol, at]));
  const total = new Array<Exact>(own.size).fill(exact.zero);
  let z = 0;
  forEach(free, position, () => {
    const weight = G[z++];
    const element = unroll(expression, scope);
    if (element === undefined || exact.compare(weight, exact.zero) === 0) return;
    const found = new Set(element.filter(isSymbolNode).flatMap((node) => (isSymbolNode(node) ? [node.name] : [])));
    for (const symbol of found) {
      const at = own.get(symbol);
      if (at === undefined) continue;
      const slope = evaluateExactly(derivative(element, symbol, { simplify: false }), symbols);
      total[at] = exact.add(total[at], exact.multiply(weight, slope));
    }
  });
  return total;
}
