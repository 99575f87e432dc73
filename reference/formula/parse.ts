import { isAccessorNode, isAssignmentNode, isSymbolNode, type MathNode, parse } from "mathjs";

/** A printed formula: what stands left of the sign of equality, and the expression right of it. */
export interface Equation {
  /** The tensor or the letter that is defined. */
  readonly name: string;
  /** The free indices; none where a letter is defined. */
  readonly indices: readonly string[];
  readonly expression: MathNode;
}

const parsed = new Map<string, Equation>();

/**
 * Reads a printed formula such as `Z[i,j] = Sum(V[l, j+m-1] * K[i,l,m], l, m)`.
 * @throws {SyntaxError} if it is no equation, or its left side has anything but bare indices
 */
export function equation(text: string): Equation {
  const known = parsed.get(text);
  if (known) return known;
  const node = parse(text);
  if (!isAssignmentNode(node)) throw new SyntaxError(`${text} is no equation`);
  const target = isAccessorNode(node.object) ? node.object.object : node.object;
  const dimensions = node.index?.dimensions ?? [];
  if (!isSymbolNode(target) || !dimensions.every(isSymbolNode))
    throw new SyntaxError(`the left side of ${text} must be a name with bare indices`);
  const read = {
    name: target.name,
    indices: dimensions.map((dimension) => (isSymbolNode(dimension) ? dimension.name : "")),
    expression: node.value,
  };
  parsed.set(text, read);
  return read;
}
