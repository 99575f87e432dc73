import { type Code, type Local, type Operand, v128 } from "../wasm/index.ts";

/**
 * Four f32 that lie so many elements apart, as one vector. May read up to three elements past the last.
 * @param vector a variable to work with
 */
export function loadStrided(address: Operand, stride: number, offset: number, vector: Local): Code {
  if (stride === 1) return v128.load(address, offset);
  if (stride === 2) return v128.shuffle32(v128.load(address, offset), v128.load(address, offset + 16), [0, 2, 4, 6]);
  const at = (lane: number): number => offset + 4 * stride * lane;
  return [
    vector.set(v128.load32_zero(address, at(0))),
    vector.set(v128.load32_lane(address, vector, 1, at(1))),
    vector.set(v128.load32_lane(address, vector, 2, at(2))),
    v128.load32_lane(address, vector, 3, at(3)),
  ];
}

/** Stores the first `count` lanes, 1 to 4, of a variable, and nothing beside them. */
export function storeLanes(address: Operand, vector: Local, count: number, offset = 0): Code {
  if (count === 4) return v128.store(address, vector, offset);
  const lanes: Code[] = [];
  if (count >= 2) lanes.push(v128.store64_lane(address, vector, 0, offset));
  if (count !== 2) lanes.push(v128.store32_lane(address, vector, count - 1, offset + 4 * (count - 1)));
  return lanes;
}

/** A vector, and which elements of a row its lanes hold. */
export interface Held {
  readonly vector: Local;
  readonly elements: readonly number[];
}

type Lanes = readonly [number, number, number, number];

/** Sets `into`, which is none of the vectors, to four elements that these hold. */
export function pick(held: readonly Held[], elements: readonly number[], into: Local): Code {
  const found = elements.map((element) => {
    const at = held.findIndex((one) => one.elements.includes(element));
    if (at < 0) throw new Error(`no vector holds element ${element}`);
    return { at, lane: held[at].elements.indexOf(element) };
  });
  const [first, second, ...others] = [...new Set(found.map(({ at }) => at))];
  const lanes = (of: (place: { at: number; lane: number }, lane: number) => number): Lanes =>
    found.map(of) as unknown as Lanes;
  if (second === undefined) {
    const { vector } = held[first];
    return into.set(
      v128.shuffle32(
        vector,
        vector,
        lanes(({ lane }) => lane),
      ),
    );
  }
  return [
    into.set(
      v128.shuffle32(
        held[first].vector,
        held[second].vector,
        lanes(({ at, lane }, l) => (at === first ? lane : at === second ? 4 + lane : l)),
      ),
    ),
    others.map((other) =>
      into.set(
        v128.shuffle32(
          into,
          held[other].vector,
          lanes(({ at, lane }, l) => (at === other ? 4 + lane : l)),
        ),
      ),
    ),
  ];
}
