import { isAccessorNode, isSymbolNode } from "mathjs";
import {
  type ClauseId,
  clauseById,
  formulasFor,
  type OperatorName,
  operatorNamed,
  type Shape,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import type { StoredInputs } from "../evaluate.ts";
import { decode } from "../rounding.ts";
import { type Binding, bindings } from "./bindings.ts";
import { compileValue } from "./compile-value.ts";
import { type Equation, equation } from "./parse.ts";
import { along, countTerms, forEach, indicesOf } from "./ranges.ts";
import { type Scope, type Stored, within } from "./scope.ts";
import { embedded, type Ratio, ratio, type Value } from "./value.ts";

export interface FormulaOptions {
  /** The clause whose formula is to run; the defining one of the operator unless given. */
  readonly clause?: ClauseId;
  /** The most terms that may be run through. */
  readonly limit?: number;
}

/** The outputs of a formula by name: exact, row-major. */
export type FormulaOutputs = Readonly<Record<string, readonly Ratio[]>>;

/** A call, its formulas, and what the letters in them stand for. */
interface Bound {
  readonly texts: readonly string[];
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly binding: Binding;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** The name of an operator's tensor for a letter of the formula. */
  readonly named: (letter: string) => string;
  /** The tensors that formulas define, each once it is asked for. */
  readonly defined: Map<string, Stored>;
}

function bind(operator: OperatorName, given: StoredInputs, attributes: object, clause: ClauseId): Bound {
  const inputs = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, Tensor] => entry[1] !== undefined),
  );
  const names: Readonly<Record<string, string>> = clauseById(clause).instance?.names ?? {};
  const binding = bindings[operator](inputs, attributes as never);
  return {
    texts: textsFor(clause, binding, attributes),
    inputs,
    binding,
    shapes: operatorNamed(operator).shapes({ inputs, attributes }),
    named: (letter) => names[letter] ?? letter,
    defined: new Map(),
  };
}

/**
 * The extents a form of so many indices speaks of: it leaves out axes of extent 1 at the front.
 * @throws {RangeError} if an axis that is left out has another extent
 */
function indexed(name: string, shape: Shape, indices: number): Shape {
  const left = shape.length - indices;
  if (left < 0 || shape.slice(0, left).some((extent) => extent !== 1))
    throw new RangeError(`the formula has ${indices} indices for ${name} of shape [${shape}]`);
  return shape.slice(left);
}

/** The shape that the indices of a formula run over. */
const flattened = (shape: Shape, { elementwise }: Binding): Shape => (elementwise ? [sizeOf(shape)] : shape);

/** A tensor that is no input but is defined by a formula of the clause; undefined where none does. */
function definedBy(name: string, bound: Bound): Stored | undefined {
  const text = bound.texts.find((other) => equation(other).name === name && equation(other).indices.length > 0);
  if (text === undefined) return undefined;
  const known = bound.defined.get(name);
  if (known) return known;
  const { free, indices, shape, scope, expression } = scoped(text, bound);
  let values: readonly Value[] | undefined;
  const stored: Stored = {
    shape,
    get values() {
      values ??= valuesOf(text, bound);
      return values;
    },
    formula: (index) => {
      for (const [axis, { name: letter }] of free.entries()) indices[letter].value = index[axis];
      return { expression, scope };
    },
  };
  bound.defined.set(name, stored);
  return stored;
}

/** The tensors of a formula, by its letters, with the axes that it indexes. */
function tensorsOf({ expression }: Equation, bound: Bound): Readonly<Record<string, Stored>> {
  const { inputs, binding, named } = bound;
  const tensors: Record<string, Stored> = {};
  expression.traverse((node) => {
    if (!isAccessorNode(node) || !isSymbolNode(node.object)) return;
    const { object, index } = node;
    const name = named(object.name);
    const zeros = binding.zeros?.[name];
    const shape = inputs[name]?.shape ?? zeros;
    if (object.name in tensors) return;
    if (shape === undefined) {
      const defined = definedBy(object.name, bound);
      if (defined) tensors[object.name] = defined;
      return;
    }
    const data = name in inputs ? decode(inputs[name]) : { length: sizeOf(shape) };
    tensors[object.name] = {
      shape: indexed(object.name, flattened(shape, binding), index.dimensions.length),
      values: Array.from(data, (value) => embedded(value ?? 0)),
    };
  });
  return tensors;
}

/** A formula of an operator in the scope of a call, with the ranges of its free indices. */
function scoped(text: string, bound: Bound) {
  const read = equation(text);
  const output = bound.named(read.name);
  const extents = bound.shapes[output] ?? bound.binding.derived?.[output];
  if (extents === undefined) throw new SyntaxError(`the operator has no output ${output}`);
  const shape = indexed(read.name, flattened(extents, bound.binding), read.indices.length);
  const free = read.indices.map((name, axis) => along(name, shape[axis]));
  const indices = indicesOf(free);
  const { letters, constants = {} } = bound.binding;
  const stored = Object.entries(constants).map(([name, value]) => [name, embedded(value)]);
  const outside: Scope = {
    letters,
    constants: Object.fromEntries(stored),
    tensors: tensorsOf(read, bound),
    indices: {},
  };
  return { output, free, indices, shape, scope: within(outside, indices), expression: read.expression };
}

/** All elements of what a formula defines, row-major. */
function valuesOf(text: string, bound: Bound): Value[] {
  const { free, indices, scope, expression } = scoped(text, bound);
  const element = compileValue(expression, scope);
  const result: Value[] = [];
  forEach(free, indices, () => {
    const value = element();
    if (value === undefined) throw new RangeError(`an index outside every sum of ${text} is not valid`);
    result.push(value);
  });
  return result;
}

const definingClause = (operator: OperatorName): ClauseId => operatorNamed(operator).clauses[0];

/** The formulas of a clause for a call. */
function textsFor(clause: ClauseId, { axes }: Binding, attributes: object): string[] {
  const texts = formulasFor(clauseById(clause), axes, attributes).map(({ text }) => text);
  if (texts.length === 0) throw new RangeError(`${clause} has no formula for ${axes} spatial axes`);
  return texts;
}

/** How many terms the formulas of a call run through, valid or not: known without running them. */
export function termCount(
  operator: OperatorName,
  inputs: StoredInputs,
  attributes: object,
  { clause = definingClause(operator) }: FormulaOptions = {},
): number {
  const bound = bind(operator, inputs, attributes, clause);
  return bound.texts
    .map((text) => scoped(text, bound))
    .reduce(
      (terms, { shape, scope, expression }) => terms + sizeOf(shape) * Math.max(countTerms(expression, scope), 1),
      0,
    );
}

/** The formula of an operator's first output for a call, in its scope, with the ranges of its free indices. */
export function definition(operator: OperatorName, inputs: StoredInputs, attributes: object) {
  const bound = bind(operator, inputs, attributes, definingClause(operator));
  const [output] = operatorNamed(operator).outputs;
  const text = bound.texts.find((other) => bound.named(equation(other).name) === output);
  if (text === undefined) throw new RangeError(`no formula defines ${output}`);
  return scoped(text, bound);
}

/**
 * Runs one printed formula on a call.
 * @returns its output, by the operator's name for it: exact, row-major
 */
export function runFormula(
  text: string,
  operator: OperatorName,
  inputs: StoredInputs,
  attributes: object,
  { clause = definingClause(operator) }: FormulaOptions = {},
): FormulaOutputs {
  const bound = bind(operator, inputs, attributes, clause);
  return { [bound.named(equation(text).name)]: valuesOf(text, bound).map(ratio) };
}

/**
 * Evaluates an operator by the formula its clause prints, in exact fractions.
 * @param inputs stored tensors by name; one that is left out counts as zeros where the binding says so
 * @param attributes complete, of a call that meets the constraints
 * @throws {RangeError} if it would run through more than `limit` terms, or the clause's form does not cover the call
 * @throws {SyntaxError} if the formula has a letter or an operation that means nothing
 */
export function evaluateFormula(
  operator: OperatorName,
  inputs: StoredInputs,
  attributes: object,
  options: FormulaOptions = {},
): FormulaOutputs {
  const { clause = definingClause(operator), limit = Number.POSITIVE_INFINITY } = options;
  if (limit < Number.POSITIVE_INFINITY) {
    const terms = termCount(operator, inputs, attributes, { clause });
    if (terms > limit) throw new RangeError(`the formula of ${clause} has ${terms} terms here, more than ${limit}`);
  }
  const bound = bind(operator, inputs, attributes, clause);
  const outputs = bound.texts.filter((text) => bound.named(equation(text).name) in bound.shapes);
  return Object.fromEntries(
    outputs.map((text) => [bound.named(equation(text).name), valuesOf(text, bound).map(ratio)]),
  );
}
