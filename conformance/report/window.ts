import { type Arithmetic, decode, evaluate, indexAt, support } from "../../reference/index.ts";
import { operatorNamed, type Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { toJson } from "../fixture.ts";
import type { WindowRecord } from "./report.ts";

/** How many stored values a result was made of, each counted as often as it is used. */
const uses: Arithmetic<number> = {
  zero: 0,
  embed: () => 1,
  add: (a, b) => a + b,
  multiply: (a, b) => a + b,
  scale: (a) => a,
  max: (a, b) => a + b,
  divide: (a, b) => a + b,
  sqrt: (a) => a,
  compare: () => 0,
};

/** Beyond this the sets of contributing values take longer to unite than a reader would wait. */
const mostUses = 8192;

/** A box with more values than this is given by its bounds only. */
const mostValues = 1024;

/**
 * The window of one output element: for every input tensor the smallest box that holds the elements
 * it depends on, from the formula itself, read over the number system `support`.
 * @returns undefined where the call has no such element, or it depends on too many to show
 */
export function windowOf(
  { operator, inputs, attributes }: Invocation,
  output: string,
  index: readonly number[],
): readonly WindowRecord[] | undefined {
  try {
    if (evaluate(uses, operator, inputs, attributes)[output].at(...index) > mostUses) return undefined;
    const reached = evaluate(support, operator, inputs, attributes)[output].at(...index);
    return operatorNamed(operator).inputs.flatMap((name) => {
      const [tensor, offsets] = [inputs[name], reached.get(name)];
      return tensor && offsets ? [boxOf(name, tensor, offsets)] : [];
    });
  } catch {
    // A call that violates a constraint has no elements: there is no window to show.
    return undefined;
  }
}

function boxOf(name: string, tensor: Tensor, offsets: ReadonlySet<number>): WindowRecord {
  const places = Array.from(offsets, (offset) => indexAt(tensor.shape, offset));
  const begin = tensor.shape.map((_, axis) => Math.min(...places.map((place) => place[axis])));
  const end = tensor.shape.map((_, axis) => Math.max(...places.map((place) => place[axis])));
  const extents = begin.map((first, axis) => end[axis] - first + 1);
  const size = extents.reduce((product, extent) => product * extent, 1);
  if (size > mostValues) return { tensor: name, begin, end };
  const stored = decode(tensor);
  const values = Array.from({ length: size }, (_, at) => {
    const offset = indexAt(extents, at).reduce((sum, i, axis) => sum * tensor.shape[axis] + begin[axis] + i, 0);
    return offsets.has(offset) ? toJson(stored[offset]) : null;
  });
  return { tensor: name, begin, end, values };
}
