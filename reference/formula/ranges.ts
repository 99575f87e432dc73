import {
  type FunctionNode,
  isAccessorNode,
  isAssignmentNode,
  isFunctionNode,
  isOperatorNode,
  isRangeNode,
  isRelationalNode,
  isSymbolNode,
  type MathNode,
} from "mathjs";
import { compileIndex } from "./compile.ts";
import { type Index, type Scope, within } from "./scope.ts";

/** An index that runs from one integer to another, both included; they may depend on the indices around. */
export interface Range {
  readonly name: string;
  readonly from: () => number;
  readonly to: () => number;
}

/** An index that runs along an axis. */
export const along = (name: string, extent: number): Range => ({ name, from: () => 1, to: () => extent });

/** The functions of a formula that run over ranges of indices. */
export const isReduction = (node: MathNode): node is FunctionNode =>
  isFunctionNode(node) && isSymbolNode(node.fn) && ["Sum", "Max", "Count"].includes(node.fn.name);

/** A comparison, or a chain of them such as a < b <= c. */
export const isCondition = (node: MathNode): boolean =>
  isRelationalNode(node) ||
  (isOperatorNode(node) && ["smaller", "smallerEq", "larger", "largerEq", "equal"].includes(String(node.fn)));

/** The conditions that the terms of a Sum, Max or Count must meet beside having valid indices. */
export const conditionsOf = (reduction: FunctionNode): readonly MathNode[] =>
  (reduction.args as readonly MathNode[]).slice(1).filter(isCondition);

/** The extents of the axes at which an index stands by itself. */
function extentsAt(body: MathNode, name: string, { tensors }: Scope): number[] {
  const extents: number[] = [];
  body.traverse((node) => {
    if (!isAccessorNode(node) || !isSymbolNode(node.object)) return;
    const stored = tensors[node.object.name];
    node.index.dimensions.forEach((dimension, axis) => {
      if (isSymbolNode(dimension) && dimension.name === name && stored) extents.push(stored.shape[axis]);
    });
  });
  return extents;
}

function rangeOf(body: MathNode, argument: MathNode, scope: Scope): Range {
  if (isSymbolNode(argument)) {
    const extents = extentsAt(body, argument.name, scope);
    if (extents.length === 0)
      throw new SyntaxError(`the range of ${argument.name} is not given, and it stands at no axis by itself`);
    return along(argument.name, Math.min(...extents));
  }
  if (isAssignmentNode(argument) && isRangeNode(argument.value)) {
    const { start, end } = argument.value;
    return { name: argument.name, from: compileIndex(start, scope), to: compileIndex(end, scope) };
  }
  throw new SyntaxError(`${argument.toString()} is no index`);
}

/** The ranges of the indices of a Sum, Max or Count. */
export function rangesOf(reduction: FunctionNode, scope: Scope): readonly Range[] {
  const [body, ...rest] = reduction.args as readonly MathNode[];
  const indices = rest.filter((argument) => !isCondition(argument));
  const ranges = indices.map((argument) => rangeOf(body, argument, scope));
  const taken = ranges.find(({ name }, at) => name in scope.indices || ranges.findIndex((r) => r.name === name) < at);
  if (taken) throw new SyntaxError(`the index ${taken.name} already stands for something else`);
  return ranges;
}

/** The indices of ranges, to be set by a loop. */
export const indicesOf = (ranges: readonly Range[]): Readonly<Record<string, Index>> =>
  Object.fromEntries(ranges.map(({ name, from }) => [name, { value: from() }]));

/** Runs through all values of the indices, the last one fastest. */
export function forEach(
  ranges: readonly Range[],
  indices: Readonly<Record<string, Index>>,
  body: () => void,
  axis = 0,
): void {
  if (axis === ranges.length) {
    body();
    return;
  }
  const { name, from, to } = ranges[axis];
  const index = indices[name];
  const last = to();
  for (index.value = from(); index.value <= last; index.value++) forEach(ranges, indices, body, axis + 1);
}

const size = (ranges: readonly Range[]): number =>
  ranges.reduce((product, { from, to }) => product * Math.max(to() - from() + 1, 0), 1);

/** How many terms an expression runs through, valid or not, at the first values of the indices that ranges depend on. */
export function countTerms(node: MathNode, scope: Scope): number {
  let terms = 0;
  if (isReduction(node)) {
    const ranges = rangesOf(node, scope);
    const inner = within(scope, indicesOf(ranges));
    const parts = [node.args[0] as MathNode, ...conditionsOf(node)];
    return (
      size(ranges) *
      Math.max(
        parts.reduce((total, part) => total + countTerms(part, inner), 0),
        1,
      )
    );
  }
  node.forEach((child) => {
    terms += countTerms(child, scope);
  });
  return terms;
}
