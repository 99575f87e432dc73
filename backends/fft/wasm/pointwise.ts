import { at, type Representation } from "./complex.ts";
import { type Code, countDown, either, i32, type KernelFunction, v128 } from "./encode.ts";

/** How many values `multiply` takes at a time: two of the split ones fill a cache line. */
export const stride = 2;

/**
 * acc = Σ_t a[t]·conj(k[t]) for `count` spectra values, two at a time, over `terms` spectra that are `strideA` and
 * `strideK` bytes apart; added to what acc holds where `keep` is not 0.
 */
export function multiply(c: Representation, name: string): KernelFunction {
  const [acc, a, k, pairs, terms, strideA, strideK, keep] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [pointerA, pointerK, term] = [8, 9, 10];
  let local = 11;
  const value = () => Array.from({ length: c.locals }, () => local++);
  const [sums, as, ks] = [0, 1, 2].map(() => Array.from({ length: stride }, value));
  const places = Array.from({ length: stride }, (_, at) => at * c.bytes);
  const all = (code: (place: number, offset: number) => Code): Code =>
    places.flatMap((offset, place) => [...code(place, offset)]);
  const advance = (pointer: number): Code => i32.set(pointer, i32.add(i32.get(pointer), i32.const(stride * c.bytes)));
  return {
    name,
    parameters: Array<"i32">(8).fill("i32"),
    integers: 3,
    vectors: local - 11,
    body: countDown(pairs, [
      ...either(
        i32.get(keep),
        all((place, offset) => c.load(sums[place], at(acc), offset)),
        all((place) => sums[place].flatMap((part) => [...v128.set(part, v128.zero)])),
      ),
      ...i32.set(pointerA, i32.get(a)),
      ...i32.set(pointerK, i32.get(k)),
      ...i32.set(term, i32.get(terms)),
      ...countDown(term, [
        ...all((place, offset) => [
          ...c.load(as[place], at(pointerA), offset),
          ...c.load(ks[place], at(pointerK), offset),
          ...c.accumulate(sums[place], as[place], ks[place]),
        ]),
        ...i32.set(pointerA, at(pointerA, strideA)),
        ...i32.set(pointerK, at(pointerK, strideK)),
      ]),
      ...all((place, offset) => c.store(at(acc), sums[place], offset)),
      ...[acc, a, k].flatMap((pointer) => [...advance(pointer)]),
    ]),
  };
}

/** The squares of `count` vectors of numbers, added up lane by lane into two vectors at `to`. */
export function squares({ lanes }: Representation, name: string): KernelFunction {
  const [from, count, to] = [0, 1, 2];
  const [even, odd, value] = [3, 4, 5];
  const add = (sum: number, offset: number): Code => [
    ...v128.set(value, v128.load(i32.get(from), offset)),
    ...v128.set(sum, lanes.add(v128.get(sum), lanes.multiply(v128.get(value), v128.get(value)))),
  ];
  return {
    name,
    parameters: ["i32", "i32", "i32"],
    integers: 0,
    vectors: 3,
    // The number of vectors is even: lengths are multiples of eight numbers.
    body: [
      ...countDown(count, [...add(even, 0), ...add(odd, 16), ...i32.set(from, i32.add(i32.get(from), i32.const(32)))]),
      ...v128.store(i32.get(to), v128.get(even), 0),
      ...v128.store(i32.get(to), v128.get(odd), 16),
    ],
  };
}

/** x·s·t + b for `count` vectors of numbers in place; a power of two may be too large for one factor. */
export function affine({ lanes }: Representation, name: string): KernelFunction {
  const [at, count, s, t, b] = [0, 1, 2, 3, 4];
  const [first, second, bias] = [5, 6, 7];
  const scaled = lanes.multiply(lanes.multiply(v128.load(i32.get(at), 0), v128.get(first)), v128.get(second));
  const number = lanes.bytes === 4 ? "f32" : "f64";
  return {
    name,
    parameters: ["i32", "i32", number, number, number],
    integers: 0,
    vectors: 3,
    body: [
      ...v128.set(first, lanes.fill(i32.get(s))),
      ...v128.set(second, lanes.fill(i32.get(t))),
      ...v128.set(bias, lanes.fill(i32.get(b))),
      ...countDown(count, [
        ...v128.store(i32.get(at), lanes.add(scaled, v128.get(bias)), 0),
        ...i32.set(at, i32.add(i32.get(at), i32.const(16))),
      ]),
    ],
  };
}
