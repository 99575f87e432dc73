import {
  block,
  brIf,
  type Code,
  f32,
  f32x4,
  forRange,
  func,
  i32,
  type Local,
  loop,
  type NewLocal,
  v128,
  type WasmFunction,
  when,
} from "../../wasm/index.ts";
import { inputPitch, planeOf, type WinogradPlan } from "../winograd-plan.ts";
import { BYTES } from "./bytes.ts";
import { transposed, winogradMaps } from "./winograd-maps.ts";

/** What is known of a square, as words of a table: where its input and its output begin, and how much of it there is. */
export const square = { input: 0, output: 4, rows: 8, columns: 12, size: 16 } as const;

/** Bytes of four squares of outputs in the buffer, and of the buffer. */
const SQUARES = 256;
export const BUFFER = SQUARES + 24 * 16;

export const assign = (targets: readonly Local[], values: readonly Code[]): Code =>
  targets.map((target, i) => target.set(values[i]));

export const vectors = (count: number, local: NewLocal): Local[] => Array.from({ length: count }, () => local("v128"));

/**
 * Runs each part once, in a loop that never turns: V8 of Node 20 and 22 makes the loads of a part after the part
 * before, not all first.
 * @param never a variable that is never one of 1, 3, 5, …; each condition is another, lest V8 drops the loop
 */
export const apart = (never: Local, parts: readonly Code[]): Code =>
  parts.map((part, i) => loop((again) => [part, brIf(again, i32.eq(never, 2 * i + 1))]));

/**
 * V[ξ, c, lane] = (Bᵀ d B)[ξ] for the squares of a block, four at a time; ξ counts the n² elements. Half-way results
 * go through memory, as they are more than there are registers.
 * Parameters: the padded input of the group's first channel, the table of squares, the target, the number of vectors,
 * and room for n² vectors.
 */
export function inputTransform(name: string, plan: WinogradPlan, C: number): WasmFunction {
  const { m, n, pitch, lanes } = plan;
  const parameters = { input: "i32", table: "i32", target: "i32", count: "i32", room: "i32" } as const;
  return func(name, parameters, ({ input, table, target, count, room }, local) => {
    const [c, v, entry, place] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const from = Array.from({ length: 4 }, () => local("i32"));
    const loaded = vectors(4, local);
    const turn = transposed(loaded, local);
    const line = vectors(n, local);
    const quad = (y: number, x: number, targets: readonly Local[], results: readonly Code[]): Code => [
      assign(
        loaded,
        from.map((address) => v128.load(address, (y * pitch + x) * BYTES)),
      ),
      turn.code,
      assign(targets, results),
    ];
    const map = winogradMaps[m].input(line, local);
    const along = Array.from({ length: n }, (_, y) => [
      quad(y, 0, line.slice(0, 4), turn.results),
      n === 6 ? quad(y, 2, line.slice(4), turn.results.slice(2)) : [],
      map.code,
      map.results.map((value, x) => v128.store(room, value, (y * n + x) * 16)),
    ]);
    const down = Array.from({ length: n }, (_, x) => [
      assign(
        line,
        line.map((_, y) => v128.load(room, (y * n + x) * 16)),
      ),
      map.code,
      map.results.map((value, y) => v128.store(place, value, (y * n + x) * inputPitch(plan, C) * BYTES)),
    ]);
    return [
      // The counter of channels goes down from C · 2, in steps of 2, and is never odd.
      c.set(2 * C),
      loop((again) => [
        entry.set(table),
        place.set(target),
        forRange(v, 0, count, 1, [
          from.map((address, lane) => address.set(i32.add(input, i32.load(entry, lane * square.size + square.input)))),
          apart(c, [...along, ...down]),
          entry.add(4 * square.size),
          place.add(4 * BYTES),
        ]),
        input.add(planeOf(plan) * BYTES),
        target.add(lanes * BYTES),
        brIf(again, c.tee(i32.sub(c, 2))),
      ]),
    ];
  });
}

/**
 * Z = Aᵀ M A + b for the squares of a block and `kernels` output channels. Squares that reach past the output are
 * stored element by element, by way of a buffer of one square.
 * Parameters: M [n², kernels, lanes], the table of squares, the number of vectors, how many squares of the last are
 * there, the output of the first channel, its bias, the buffer, and where to note that an output is not finite.
 * Half-way results go through the buffer, too, behind the squares.
 */
export function outputTransform(
  name: string,
  plan: WinogradPlan,
  {
    kernels,
    columns: width,
    outputPitch,
    bias: biased,
  }: { kernels: number; columns: number; outputPitch: number; bias: boolean },
): WasmFunction {
  const { m, n, lanes } = plan;
  const parameters = {
    products: "i32",
    table: "i32",
    squares: "i32",
    output: "i32",
    bias: "i32",
    buffer: "i32",
    notFinite: "i32",
  } as const;
  return func(name, parameters, ({ products, table, squares, output, bias, buffer, notFinite }, local) => {
    const [o, v, entry, place, to, y, x] = Array.from({ length: 7 }, () => local("i32"));
    const [check, added] = vectors(2, local);
    const maps = winogradMaps[m].output;
    const column = vectors(n, local);
    const map = maps(column, local);
    const half = (i: number, j: number): number => SQUARES + (i * n + j) * 16;
    const down = Array.from({ length: n }, (_, j) => [
      assign(
        column,
        column.map((_, i) => v128.load(place, (i * n + j) * kernels * lanes * BYTES)),
      ),
      map.code,
      map.results.map((value, i) => v128.store(buffer, value, half(i, j))),
    ]);
    // By lanes, which are squares: row i of square q is lane q of the four values of row i.
    const corners = vectors(4, local);
    const turn = transposed(corners, local);
    const turned = vectors(4, local);
    const along = Array.from({ length: m }, (_, i) => {
      const values = map.results.map((value) => (biased ? f32x4.add(value, added) : value));
      return [
        assign(
          column,
          column.map((_, j) => v128.load(buffer, half(i, j))),
        ),
        map.code,
        assign(corners, [...values, ...Array.from({ length: 4 - m }, () => v128.zero())]),
        corners.slice(0, m).map((value) => check.set(f32x4.add(check, value))),
        turn.code,
        assign(turned, turn.results),
        turned.map((value, q) => v128.store(buffer, value, (q * m + i) * 16)),
      ];
    });
    const store = (q: number): Code => {
      const at = (name: keyof typeof square): Code => i32.load(entry, q * square.size + square[name]);
      const stored = (i: number): Code => v128.load(buffer, (q * m + i) * 16);
      const whole = Array.from({ length: m }, (_, i) =>
        m === 4 ? v128.store(to, stored(i), i * width * BYTES) : v128.store64_lane(to, stored(i), 0, i * width * BYTES),
      );
      const part = forRange(
        y,
        0,
        at("rows"),
        1,
        forRange(
          x,
          0,
          at("columns"),
          1,
          f32.store(
            i32.add(to, i32.shl(i32.add(i32.mul(y, width), x), 2)),
            f32.load(i32.add(buffer, i32.add(i32.shl(y, 4), i32.shl(x, 2))), q * m * 16),
          ),
        ),
      );
      return [
        to.set(i32.add(output, at("output"))),
        when(i32.eq(i32.add(at("rows"), at("columns")), 2 * m), whole, part),
      ];
    };
    return block((leave) => [
      forRange(o, 0, kernels, 1, [
        biased ? added.set(v128.load32_splat(bias)) : [],
        entry.set(table),
        place.set(products),
        forRange(v, 0, squares, 4, [
          apart(products, [...down, ...along]),
          [0, 1, 2, 3].map((q) => when(i32.lt_s(i32.add(v, q), squares), store(q))),
          entry.add(4 * square.size),
          place.add(4 * BYTES),
        ]),
        products.add(lanes * BYTES),
        output.add(outputPitch * BYTES),
        biased ? bias.add(BYTES) : [],
      ]),
      brIf(leave, i32.eqz(v128.any_true(f32x4.ne(f32x4.sub(check, check), v128.zero())))),
      i32.store(notFinite, 1),
    ]);
  });
}
