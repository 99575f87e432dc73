import {
  type Arithmetic,
  elements,
  encode,
  evaluate,
  float32,
  float64,
  type StoredInputs,
  type TensorOf,
} from "../../../reference/index.ts";
import {
  type Backend,
  check,
  type OperatorName,
  operatorNamed,
  operatorNames,
  type Tensor,
} from "../../../spec/index.ts";

const { fround } = Math;

/** A number, or a sum of which nothing has been added up yet. */
type Pending = number | { readonly left: Pending; readonly right: Pending };

/** The terms of a sum in the order of the formula. */
function termsOf(sum: Pending): number[] {
  const [terms, open]: [number[], Pending[]] = [[], [sum]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "number") terms.push(next);
    else open.push(next.left, next.right);
  }
  return terms.reverse();
}

/** A way to add numbers up, each addition rounded to single precision. */
type Order = (terms: readonly number[]) => number;

const inTurn: Order = (terms) => terms.reduce((total, term) => fround(total + term));

const pairwise: Order = (terms) => {
  if (terms.length === 1) return terms[0];
  const half = terms.length >> 1;
  return fround(pairwise(terms.slice(0, half)) + pairwise(terms.slice(half)));
};

/** Four sums of every fourth term, as a vector register holds them. */
const lanes: Order = (terms) =>
  pairwise([0, 1, 2, 3].map((lane) => [0, ...terms.filter((_, at) => at % 4 === lane)]).map(inTurn));

const orders: Readonly<Record<string, Order>> = {
  "reversed-sums": (terms) => inTurn(terms.toReversed()),
  "pairwise-sums": pairwise,
  "sums-in-lanes": lanes,
  "sorted-sums": (terms) => inTurn(terms.toSorted((a, b) => Math.abs(a) - Math.abs(b))),
};

/** Single precision in which a sum is added up in an order of its own once its value is needed. */
function addingUp(order: Order): { x: Arithmetic<Pending>; value(sum: Pending): number } {
  const value = (sum: Pending): number => (typeof sum === "number" ? sum : order(termsOf(sum)));
  const x: Arithmetic<Pending> = {
    zero: 0,
    embed: float32.embed,
    add: (left, right) => ({ left, right }),
    multiply: (a, b) => float32.multiply(value(a), value(b)),
    scale: (a, p, q) => float32.scale(value(a), p, q),
    max: (a, b) => float32.max(value(a), value(b)),
    divide: (a, b) => float32.divide(value(a), value(b)),
    sqrt: (a) => float32.sqrt(value(a)),
    compare: (a, b) => float32.compare(value(a), value(b)),
  };
  return { x, value };
}

/** Every operator in single precision, by a number system of one's own. */
function backend<T>(name: string, x: Arithmetic<T>, value: (sum: T) => number, declares: Backend["declares"]): Backend {
  const run = (operator: OperatorName) => (inputs: StoredInputs, attributes: object) => {
    const given = Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined);
    check(operatorNamed(operator), { inputs: Object.fromEntries(given), attributes });
    const outputs: Readonly<Record<string, TensorOf<T>>> = evaluate(x, operator, inputs, attributes);
    return Object.fromEntries(
      Object.entries(outputs).map(([output, tensor]) => [
        output,
        encode("f32", tensor.shape, elements(tensor).map(value).map(fround)),
      ]),
    );
  };
  return {
    name,
    declares,
    operators: Object.fromEntries(operatorNames.map((operator) => [operator, run(operator)])),
  };
}

/** Every operator, its sums added up in other orders; and once all in double precision, declared as such. */
export const ordered: readonly Backend[] = [
  ...Object.entries(orders).map(([name, order]) => {
    const { x, value } = addingUp(order);
    return backend(name, x, value, {});
  }),
  backend("all-in-double", float64, (value) => value, { accumulation: "f64" }),
];
