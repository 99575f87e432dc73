import {
  type Code,
  call,
  forRange,
  func,
  i32,
  type Local,
  type NewLocal,
  select,
  type WasmFunction,
  when,
} from "../../wasm/index.ts";
import { evenSteps } from "../block.ts";
import { type Geometry, product } from "../geometry.ts";
import { inputPitch, kernelPitch, planeOf, TILE, togetherOf, type WinogradPlan } from "../winograd-plan.ts";
import { BYTES } from "./bytes.ts";
import { tile } from "./tile.ts";
import { BUFFER, channelsTransform, inputTransform, outputTransform, square } from "./winograd-transforms.ts";

/** Where the parts of a thread's workspace begin, in bytes: a header, the table of squares, a buffer, V and M. */
export function winogradSpace(plan: WinogradPlan, C: number) {
  const table = 64;
  const buffer = table + plan.lanes * square.size;
  const room = buffer + BUFFER;
  const input = room + plan.n ** 2 * 16;
  const products = input + plan.n ** 2 * inputPitch(plan, C) * BYTES;
  const size = products + plan.n ** 2 * togetherOf(plan) * plan.lanes * BYTES + 64;
  return { table, buffer, room, input, products, size };
}

const parameters = {
  first: "i32",
  past: "i32",
  thread: "i32",
  input: "i32",
  U: "i32",
  b: "i32",
  Z: "i32",
  /** Squares in all samples. */
  total: "i32",
  workspace: "i32",
  share: "i32",
  serial: "i32",
  notFinite: "i32",
  /** Bytes of one group of U. */
  groupSize: "i32",
} as const;

/**
 * The function `winograd`: computes items of a call, each being a block of squares for some output channels. An item
 * transforms the input of its squares (unless the thread did so for the item before), then, for every few output
 * channels, makes the products of all n² elements as a matrix product over the channels, and transforms those back.
 */
export function winograd(geometry: Geometry, plan: WinogradPlan, relaxed: boolean): readonly WasmFunction[] {
  const { C, O, P, groups, bias: biased } = geometry;
  const { m, n, lanes, squares, chunks, kernels, lanesAre } = plan;
  const space = winogradSpace(plan, C);
  const elements = n * n;
  const functions: WasmFunction[] = [inputTransform("input", plan, C)];
  const add = (made: WasmFunction): number => functions.push(made) - 1;
  const outputShape = { columns: P[2], outputPitch: product(P), bias: biased };
  const outputs = new Map<number, number>();
  const outputFor = (count: number): number => {
    const place =
      outputs.get(count) ?? add(outputTransform(`output${count}`, plan, { ...outputShape, kernels: count }));
    outputs.set(count, place);
    return place;
  };
  const tileFor = (count: number, vectors: number): number =>
    add(
      tile(`tile${count}x${vectors}`, {
        kernels: count,
        vectors: Array.from({ length: vectors }, (_, v) => ({ input: 4 * v, output: 4 * v, lanes: 4 })),
        steps: evenSteps(C, lanes, TILE),
        kernelPitch: 1,
        outputPitch: lanes,
        bias: false,
        relaxed,
        checked: false,
      }),
    );

  const body = (a: { readonly [N in keyof typeof parameters]: Local }, local: NewLocal): Code => {
    const names = ["item", "chunk", "group", "place", "from", "count", "base"] as const;
    const [item, chunk, group, place, from, count, base] = names.map(() => local("i32"));
    const [o, past, weight, input, products, element, v, full, q, entry, t] = Array.from({ length: 11 }, () =>
      local("i32"),
    );
    const least = (target: Local, most: number | Code): Code => {
      const value = typeof most === "number" ? i32.const(most) : most;
      return target.set(select(target, value, i32.lt_s(target, value)));
    };
    const decode: Code = [
      chunk.set(i32.rem_u(item, chunks)),
      place.set(i32.div_u(item, chunks)),
      group.set(i32.rem_u(place, groups)),
      from.set(i32.mul(i32.div_u(place, groups), lanes)),
      count.set(i32.sub(a.total, from)),
      least(count, lanes),
    ];
    const perSample = squares[0] * squares[1];
    const [sample, row, column] = [local("i32"), local("i32"), local("i32")];
    const remaining = (target: number, index: Local, extent: number): Code => [
      t.set(i32.sub(extent, i32.mul(index, m))),
      least(t, m),
      i32.store(entry, t, target),
    ];
    // Lanes past the last square do as the last does.
    const fillTable: Code = forRange(q, 0, i32.and(i32.add(count, 3), -4), 1, [
      t.set(i32.add(from, q)),
      least(t, i32.sub(a.total, 1)),
      sample.set(i32.div_u(t, perSample)),
      t.set(i32.rem_u(t, perSample)),
      row.set(i32.div_u(t, squares[1])),
      column.set(i32.rem_u(t, squares[1])),
      entry.set(i32.add(i32.add(base, space.table), i32.mul(q, square.size))),
      i32.store(
        entry,
        i32.mul(
          i32.add(i32.mul(sample, groups * C * planeOf(plan)), i32.mul(i32.add(i32.mul(row, plan.pitch), column), m)),
          BYTES,
        ),
        square.input,
      ),
      i32.store(
        entry,
        i32.mul(
          i32.add(i32.mul(sample, groups * O * product(P)), i32.mul(i32.add(i32.mul(row, P[2]), column), m)),
          BYTES,
        ),
        square.output,
      ),
      remaining(square.rows, row, P[1]),
      remaining(square.columns, column, P[2]),
    ]);
    const transform: Code = when(i32.or(i32.ne(i32.load(base), a.serial), i32.ne(i32.load(base, 4), place)), [
      i32.store(base, a.serial),
      i32.store(base, place, 4),
      fillTable,
      call(
        0,
        i32.add(a.input, i32.mul(group, C * planeOf(plan) * BYTES)),
        i32.add(base, space.table),
        i32.add(base, space.input),
        i32.shr_u(i32.add(count, 3), 2),
        i32.add(base, space.room),
      ),
    ]);
    const outputAt = i32.add(a.Z, i32.mul(i32.add(i32.mul(group, O), o), product(P) * BYTES));
    const biasAt = biased ? i32.add(a.b, i32.mul(i32.add(i32.mul(group, O), o), BYTES)) : i32.const(0);
    const multiply = (k: number): Code => {
      const pairs = lanes > 4 ? tileFor(k, 2) : 0;
      const single = tileFor(k, 1);
      const at = (pointer: Local): Code => i32.add(pointer, i32.shl(v, 4));
      const one = (place: number): Code => call(place, at(input), weight, 0, at(products), a.notFinite);
      return [
        input.set(i32.add(base, space.input)),
        products.set(i32.add(base, space.products)),
        full.set(i32.sub(i32.shr_u(i32.add(count, 3), 2), 1)),
        forRange(element, 0, elements, 1, [
          v.set(0),
          lanes > 4 ? forRange(v, 0, full, 2, one(pairs)) : [],
          when(i32.le_s(v, full), one(single)),
          input.add(inputPitch(plan, C) * BYTES),
          products.add(k * lanes * BYTES),
          weight.add(kernelPitch(C) * BYTES),
        ]),
        call(
          outputFor(k),
          i32.add(base, space.products),
          i32.add(base, space.table),
          count,
          outputAt,
          biasAt,
          i32.add(base, space.buffer),
          a.notFinite,
        ),
      ];
    };
    // With few squares an element of V goes to all lanes and U is read in vectors, so that each is loaded once.
    const multiplyByChannels = (vectors: number): Code => {
      const apart = elements * kernelPitch(C);
      const squaresTile = add(
        tile(`tile${vectors}`, {
          kernels: lanes,
          vectors: Array.from({ length: vectors }, (_, v) => ({ input: v * apart, output: v * TILE, lanes: TILE })),
          steps: evenSteps(C, TILE, lanes),
          kernelPitch: 1,
          outputPitch: vectors * TILE,
          bias: false,
          relaxed,
          checked: false,
        }),
      );
      return [
        input.set(i32.add(base, space.input)),
        products.set(i32.add(base, space.products)),
        forRange(element, 0, elements, 1, [
          call(squaresTile, weight, input, 0, products, a.notFinite),
          input.add(inputPitch(plan, C) * BYTES),
          products.add(vectors * TILE * lanes * BYTES),
          weight.add(kernelPitch(C) * BYTES),
        ]),
        call(
          add(channelsTransform(`output${vectors}`, plan, { ...outputShape, vectors })),
          i32.add(base, space.products),
          i32.add(base, space.table),
          count,
          i32.sub(past, o),
          outputAt,
          biasAt,
          i32.add(base, space.buffer),
          a.notFinite,
        ),
      ];
    };
    const weights = weight.set(
      i32.add(
        i32.add(a.U, i32.mul(group, a.groupSize)),
        i32.mul(i32.div_u(o, TILE), elements * kernelPitch(C) * BYTES),
      ),
    );
    const over = O % TILE;
    const together = togetherOf(plan);
    const odd = Math.ceil(O / TILE) % 2 === 1;
    return forRange(item, a.first, a.past, 1, [
      decode,
      base.set(i32.add(a.workspace, i32.mul(a.thread, a.share))),
      transform,
      o.set(i32.mul(chunk, kernels)),
      past.set(i32.add(o, kernels)),
      least(past, O),
      lanesAre === "channels"
        ? [
            forRange(o, o, i32.sub(past, TILE), together, [weights, multiplyByChannels(2)]),
            odd ? when(i32.lt_s(o, past), [weights, multiplyByChannels(1)]) : [],
          ]
        : [
            forRange(o, o, i32.sub(past, TILE - 1), TILE, [weights, multiply(TILE)]),
            over > 0 ? when(i32.lt_s(o, past), [weights, multiply(over)]) : [],
          ],
    ]);
  };
  const main = func("winograd", parameters, body);
  return [...functions, main];
}
