import { butterfly, type Radix, spareValues } from "./butterfly.ts";
import { at, type Representation, type Value } from "./complex.ts";
import { type Code, countDown, i32, type KernelFunction, v128 } from "./encode.ts";

/**
 * What one pass of a transform along an axis is given. A row is what stands at one place of the axis; every
 * butterfly takes r rows, m apart, and all values of a row share its factors.
 *
 * DIF, forward: Y[j] = w^(jk) · Σ_q X[q]·e^(−2πi·jq/r), w = e^(−2πi/(r·m)), for k < m in each block of r·m rows.
 * DIT, backward: the same undone, but for a factor of r.
 */
const parameters = ["base", "width", "m", "blocks", "rowBytes", "factors"] as const;

export interface PassName {
  readonly format: "f32" | "f64";
  readonly radix: Radix;
  readonly backward: boolean;
  /** Whether there are factors: where m is 1 all of them are 1. */
  readonly turned: boolean;
}

export const passName = ({ format, radix, backward, turned }: PassName): string =>
  `${format}-${backward ? "backward" : "forward"}-${radix}${turned ? "" : "-last"}`;

/** In place: rows of `width` values from `base` on, `rowBytes` apart; `factors` holds c, s of w^(jk) by k, then j. */
export function pass(c: Representation, name: PassName): KernelFunction {
  const { radix, backward, turned } = name;
  const [base, width, m, blocks, rowBytes, factors] = parameters.map((_, local) => local);
  const [k, block, column, start, step, head] = [6, 7, 8, 9, 10, 11];
  const pointers = Array.from({ length: radix }, (_, j) => 12 + j);
  const integers = 6 + radix;

  let local = parameters.length + integers;
  const value = (): Value => Array.from({ length: c.locals }, () => local++);
  const x = Array.from({ length: radix }, value);
  const spare = Array.from({ length: spareValues[radix] }, value);
  const cosines = x.map(() => local++);
  const sines = x.map(() => local++);

  const { code, y } = butterfly(c, radix, x, spare, backward ? 1 : -1);
  // A place that holds no result any more, to turn the others through.
  const free = [...x, ...spare].find((candidate) => !y.includes(candidate)) ?? value();

  /** Turns all values but the first, one after another through the free place; returns where they are then. */
  const turn = (values: readonly Value[], room: Value): { code: Code; values: readonly Value[] } => {
    let empty = room;
    const out: number[] = [];
    const moved = values.map((from, j) => {
      if (j === 0) return from;
      out.push(...c.turn(empty, from, cosines[j], sines[j], backward));
      const to = empty;
      empty = from;
      return to;
    });
    return { code: out, values: moved };
  };

  const body = (): Code => {
    const load = x.flatMap((to, j) => [...c.load(to, at(pointers[j]))]);
    const store = (from: readonly Value[]) => from.flatMap((v, j) => [...c.store(at(pointers[j]), v)]);
    if (!turned) return [...load, ...code, ...store(y)];
    if (!backward) {
      const after = turn(y, free);
      return [...load, ...code, ...after.code, ...store(after.values)];
    }
    const before = turn(x, spare[0]);
    // The place that is free now takes the part of the spare one that was filled.
    const place = before.values;
    const left = [...x, ...spare].filter((candidate) => !place.includes(candidate));
    const again = butterfly(c, radix, place, left, 1);
    return [...load, ...before.code, ...again.code, ...store(again.y)];
  };

  const loadFactors = turned
    ? [...cosines.keys()]
        .slice(1)
        .flatMap((j) => [
          ...v128.set(cosines[j], c.lanes.splat(i32.get(factors), 2 * (j - 1) * c.lanes.bytes)),
          ...v128.set(sines[j], c.lanes.splat(i32.get(factors), (2 * (j - 1) + 1) * c.lanes.bytes)),
        ])
    : [];

  return {
    name: passName(name),
    parameters: parameters.map(() => "i32" as const),
    integers,
    vectors: local - parameters.length - integers,
    body: [
      ...i32.set(step, i32.multiply(i32.get(m), i32.get(rowBytes))),
      ...i32.set(start, i32.get(base)),
      ...i32.set(k, i32.get(m)),
      ...countDown(k, [
        ...loadFactors,
        ...i32.set(factors, i32.add(i32.get(factors), i32.const(2 * (radix - 1) * c.lanes.bytes))),
        ...i32.set(head, i32.get(start)),
        ...i32.set(block, i32.get(blocks)),
        ...countDown(block, [
          ...i32.set(pointers[0], i32.get(head)),
          ...pointers.slice(1).flatMap((pointer, j) => [...i32.set(pointer, at(pointers[j], step))]),
          ...i32.set(head, at(pointers[radix - 1], step)),
          ...i32.set(column, i32.get(width)),
          ...countDown(column, [
            ...body(),
            ...pointers.flatMap((pointer) => [...i32.set(pointer, i32.add(i32.get(pointer), i32.const(c.bytes)))]),
          ]),
        ]),
        ...i32.set(start, at(start, rowBytes)),
      ]),
    ],
  };
}
