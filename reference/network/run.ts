import type { Tensor } from "../../spec/index.ts";
import type { Arithmetic } from "../arithmetic.ts";
import type { Choices } from "../choices.ts";
import { apply } from "../evaluate.ts";
import type { Given } from "../network.ts";
import { elements, embed, indexAt, offsetOf, type TensorOf, tensor } from "../tensor.ts";
import type { CallWork, Request, Work } from "./work.ts";

/** How the reference does a network's work, where it is not as usual. */
export interface Run<T> {
  /** Where a clause of an operator permits several results: which one. */
  readonly choices?: (operator: CallWork<unknown>["operator"]) => Choices;
  /** What becomes of an output of a call before it is gone on with; itself unless given. */
  readonly stored?: (call: CallWork<TensorOf<T>>, output: TensorOf<T>) => TensorOf<T>;
}

/** A tensor whose elements are all there. */
const held = <T>({ shape, at }: TensorOf<T>): TensorOf<T> => {
  const values = elements({ shape, at });
  return { shape, at: (...index) => values[offsetOf(shape, index)] };
};

/** What the reference answers to one request, without any rounding between the operators. */
function answer<T>(
  x: Arithmetic<T>,
  request: Request<TensorOf<T>>,
  { choices = () => ({}), stored = (_, output) => output }: Run<T> = {},
): Readonly<Record<string, TensorOf<T>>> {
  if ("reshape" in request) {
    const { reshape, shape } = request;
    return { Z: tensor(shape, (i) => reshape.at(...indexAt(reshape.shape, offsetOf(shape, i)))) };
  }
  if ("scale" in request) {
    const { scale, p, q } = request;
    return { Z: tensor(scale.shape, (i) => x.scale(scale.at(...i), p, q)) };
  }
  const { operator, inputs, attributes } = request;
  const outputs = apply(x, operator, inputs, attributes, choices(operator));
  return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, held(stored(request, output))]));
}

/** Does a network's work over a number system. */
export function run<T, R>(x: Arithmetic<T>, work: Work<TensorOf<T>, R>, how: Run<T> = {}): R {
  let next = work.next({});
  while (!next.done) next = work.next(answer(x, next.value, how));
  return next.value;
}

/** What a network is given, over a number system; positions are named x, t and by the parameters. */
export const embedded = <T>(x: Arithmetic<T>, { parameters, ...batch }: Given<Tensor>): Given<TensorOf<T>> => ({
  x: embed(x, "x", batch.x),
  t: embed(x, "t", batch.t),
  parameters: Object.fromEntries(Object.entries(parameters).map(([name, w]) => [name, embed(x, name, w)])),
});
