import { type Code, f32x4, fromTo, type Local, multiplyAdd, type NewLocal, v128 } from "../wasm/index.ts";

/** Sums of products of so many rows of a with so many rows of b: one vector of four partial sums each. */
export interface DotTile {
  readonly rows: number;
  readonly columns: number;
  /** Elements of a row. */
  readonly length: number;
  /** Bytes from row to row. */
  readonly strides: readonly [number, number];
  readonly relaxed: boolean;
}

/** Vectors that a step loads at most, where two steps are made in a turn of the loop. */
const MOST_LOADS = 7;

/** The lanes 0 … count − 1. */
const firstLanes = (count: number): Code =>
  v128.i32([0, 1, 2, 3].map((lane) => (lane < count ? -1 : 0)) as [number, number, number, number]);

/**
 * Leaves in sums[row][column] the products of row `row` at a with row `column` at b, added up in four lanes. Both rows
 * stay where they are; a and b are moved. Rows may be read to the end of their last vector, where nothing counts.
 * @param weigh what a vector of a row of b counts as, given its place relative to the row; itself unless given
 */
export function dotTile(
  { rows, columns, length, strides, relaxed }: DotTile,
  a: Local,
  b: Local,
  local: NewLocal,
  sums: readonly (readonly Local[])[],
  weigh?: (vector: Code, offset: number) => Code,
): Code {
  const add = multiplyAdd(relaxed);
  const left = Array.from({ length: rows }, () => local("v128"));
  const right = local("v128");
  const k = local("i32");
  const weighed = (vector: Code, offset: number): Code => (weigh ? weigh(vector, offset) : vector);
  const step = (offset: number, lanes: number): Code => {
    const masked = (vector: Code): Code => (lanes === 4 ? vector : v128.and(vector, firstLanes(lanes)));
    return [
      left.map((row, r) => row.set(masked(v128.load(a, r * strides[0] + offset)))),
      Array.from({ length: columns }, (_, c) => [
        right.set(masked(weighed(v128.load(b, c * strides[1] + offset), offset))),
        left.map((row, r) => sums[r][c].set(add(row, right, sums[r][c]))),
      ]),
    ];
  };
  // V8 makes all loads of a turn first: of one step alone, where those of two would displace the sums.
  const steps = rows + columns > MOST_LOADS ? 1 : 2;
  const whole = Math.floor(length / (4 * steps));
  const rest = length - 4 * steps * whole;
  const some = (count: number): Code => Array.from({ length: count }, (_, at) => step(16 * at, 4));
  const vectors = Math.floor(rest / 4);
  return [
    sums.map((row) => row.map((sum) => sum.set(v128.zero()))),
    whole === 0 ? [] : fromTo(k, 0, whole, 1, [some(steps), a.add(16 * steps), b.add(16 * steps)]),
    some(vectors),
    rest % 4 === 0 ? [] : step(16 * vectors, rest % 4),
  ];
}

/** The sum of the four lanes of a variable, in lane 0; the variable is used up. */
export const sumOfLanes = (sum: Local): Code => [
  sum.set(f32x4.add(sum, v128.shuffle32(sum, sum, [2, 3, 0, 1]))),
  f32x4.extract_lane(f32x4.add(sum, v128.shuffle32(sum, sum, [1, 0, 3, 2])), 0),
];
