import {
  type FunctionNode,
  isAccessorNode,
  isAssignmentNode,
  isParenthesisNode,
  isRangeNode,
  isRelationalNode,
  isSymbolNode,
  type MathNode,
  parse,
} from "mathjs";
import { operationOf } from "./compile.ts";
import { isCondition, isReduction } from "./ranges.ts";

const greek = /^(alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|sigma)$/;

/**
 * A letter with its number as a subscript: s1 is s₁. A Greek one by its name: eta is η, and its gradient deta dη; xhat is x
 * with a hat. A word such as mean is set as one.
 */
function letter(name: string): string {
  if (greek.test(name)) return `\\${name}`;
  if (greek.test(name.slice(1))) return `${name[0]}${letter(name.slice(1))}`;
  if (/^[a-z]hat$/.test(name)) return `\\hat{${name[0]}}`;
  if (/^[a-z]{4,}$/.test(name)) return `\\mathrm{${name}}`;
  return name.replace(/^([A-Za-z]+?)(\d+)$/, "$1_{$2}");
}

/** An expression that a fraction bar or a subscript holds together, without the parentheses it is printed in. */
const bare = (node: MathNode): MathNode => (isParenthesisNode(node) ? node.content : node);

const list = (nodes: readonly MathNode[], separator = ", "): string => nodes.map(toNode).join(separator);

/** The indices of a sum below its sign: a name, or a name with its range. */
const below = (index: MathNode): string =>
  isAssignmentNode(index) && isRangeNode(index.value)
    ? `${toNode(index.value.start)} \\le ${letter(index.name)} \\le ${toNode(index.value.end)}`
    : toNode(index);

const stack = (indices: readonly MathNode[]): string =>
  indices.some((index) => isAssignmentNode(index) || isCondition(index)) && indices.length > 1
    ? `\\substack{${indices.map(below).join(" \\\\ ")}}`
    : indices.map(below).join(", ");

const isSum = (node: MathNode): boolean => ["add", "subtract"].includes(operationOf(node).name);

function reduction(node: FunctionNode): string {
  const [body, ...indices] = node.args as readonly MathNode[];
  const name = isSymbolNode(node.fn) ? node.fn.name : "";
  if (name === "Count") {
    const holds = isAccessorNode(body) ? `${toNode(body)} \\text{ is an element}` : toNode(body);
    return `\\#\\{\\, ${indices.map(below).join(",\\; ")} \\;:\\; ${holds} \\,\\}`;
  }
  const term = isSum(body) ? `\\left(${toNode(body)}\\right)` : toNode(body);
  return `${name === "Sum" ? "\\sum" : "\\max"}_{${stack(indices)}} ${term}`;
}

/** The signs of comparison, by mathjs's names for them. */
const signs: Readonly<Record<string, string>> = {
  smaller: "<",
  smallerEq: "\\le",
  larger: ">",
  largerEq: "\\ge",
  equal: "=",
};

/** How the parts of a formula are set that mathjs does not know, or sets otherwise. */
function handler(node: MathNode): string | undefined {
  if (isSymbolNode(node)) return letter(node.name);
  if (isAccessorNode(node)) return `${toNode(node.object)}_{${list(node.index.dimensions)}}`;
  if (isAssignmentNode(node)) {
    const indices = node.index ? `_{${list(node.index.dimensions)}}` : "";
    return `${toNode(node.object)}${indices} = ${toNode(node.value)}`;
  }
  if (isReduction(node)) return reduction(node);
  if (isRelationalNode(node))
    return node.params
      .map((side, at) => (at === 0 ? "" : `${signs[node.conditionals[at - 1]]} `) + toNode(side))
      .join(" ");
  const { name, operands } = operationOf(node);
  if (name in signs) return list(operands, ` ${signs[name]} `);
  if (name === "divide") return `\\frac{${toNode(bare(operands[0]))}}{${toNode(bare(operands[1]))}}`;
  if (name === "multiply") return list(operands, " \\, ");
  if (name === "mod") return `${toNode(operands[0])} \\bmod ${toNode(operands[1])}`;
  if (name === "add") return list(operands, " + ");
  if (name === "subtract") return list(operands, " - ");
  if (name === "sqrt") return `\\sqrt{${toNode(operands[0])}}`;
  if (name === "pow") return `${toNode(operands[0])}^{${toNode(operands[1])}}`;
  if (name === "floor") return `\\left\\lfloor ${toNode(operands[0])} \\right\\rfloor`;
  if (name === "ceil") return `\\left\\lceil ${toNode(operands[0])} \\right\\rceil`;
  return undefined;
}

const toNode = (node: MathNode): string => node.toTex({ handler }).trim();

/** A printed formula as TeX: sums with their indices below, indices of tensors as subscripts. */
export const toTex = (text: string): string => toNode(parse(text));
