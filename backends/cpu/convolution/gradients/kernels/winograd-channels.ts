import { type Code, forRange, func, i32, select, v128, type WasmFunction, when } from "../../../wasm/index.ts";
import { BYTES } from "../../kernels/bytes.ts";
import { type AxisMap, transposed } from "../../kernels/winograd-maps.ts";
import { apart, assign, vectors } from "../../kernels/winograd-transforms.ts";
import type { TransformLayout, WinogradGradientPlan } from "../winograd-plan.ts";
import { take } from "./position-block.ts";

/** Squares of an item. */
export const SQUARES = 32;

/** What a transform is specialised to. */
export interface ChannelsShape {
  /** One axis of it: from `cells` values to n. */
  readonly map: AxisMap;
  readonly cells: number;
  readonly groups: number;
  /** Channels of a group. */
  readonly channels: number;
  /** From a row to the next and from a channel to the next, in elements. */
  readonly rowPitch: number;
  readonly planePitch: number;
  readonly layout: TransformLayout;
}

/** Items of a transform of a block: four channels × some squares. */
export const transformItems = ({ block }: WinogradGradientPlan, { groups, layout }: ChannelsShape): number =>
  (groups * layout.channels * Math.ceil(block / SQUARES)) / 4;

/** Bytes of workspace of a thread: half-way results. */
export const TRANSFORM_SPACE = 36 * 16;

/**
 * The function `name`: transforms the squares from … from + count − 1 of an array, along both axes, into `target`, laid
 * out as `layout` says. The lanes of a vector are four channels of one square; those past the last channel are copies
 * of it. An item is four channels of some squares. Half-way results go through memory, as they are more than there are
 * registers.
 */
export function transformChannels(name: string, plan: WinogradGradientPlan, shape: ChannelsShape): WasmFunction {
  const { m, n, squares, block } = plan;
  const { cells, groups, channels, rowPitch, planePitch, layout } = shape;
  const { width, pitch, groupPitch } = layout;
  const perSample = squares[0] * squares[1];
  const parameters = {
    first: "i32",
    past: "i32",
    thread: "i32",
    source: "i32",
    target: "i32",
    from: "i32",
    count: "i32",
    workspace: "i32",
    share: "i32",
  } as const;
  return func(name, parameters, (a, local) => {
    const names = ["item", "rest", "chunk", "quad", "group", "s", "past", "at", "row", "column", "step"] as const;
    const [item, rest, chunk, quad, group, s, past, at, row, column, step] = names.map(() => local("i32"));
    const [place, room] = [local("i32"), local("i32")];
    const sources = Array.from({ length: 4 }, () => local("i32"));
    const loaded = vectors(4, local);
    const turn = transposed(loaded, local);
    const line = vectors(n, local);
    const map = shape.map(line.slice(0, cells), local);
    const quadOf = (y: number, x: number): Code =>
      assign(
        loaded,
        sources.map((source) => v128.load(source, (y * rowPitch + x) * BYTES)),
      );
    const along = Array.from({ length: cells }, (_, y) => [
      quadOf(y, 0),
      turn.code,
      assign(line.slice(0, Math.min(cells, 4)), turn.results),
      cells === 6 ? [quadOf(y, 2), turn.code, assign(line.slice(4), turn.results.slice(2))] : [],
      map.code,
      map.results.map((value, x) => v128.store(room, value, (y * n + x) * 16)),
    ]);
    const down = Array.from({ length: n }, (_, x) => [
      assign(
        line.slice(0, cells),
        Array.from({ length: cells }, (_, y) => v128.load(room, (y * n + x) * 16)),
      ),
      map.code,
      map.results.map((value, y) => v128.store(place, value, (y * n + x) * pitch * BYTES)),
    ]);
    const lastOf = (lane: number): Code => {
      const channel = i32.add(i32.shl(quad, 2), lane);
      return select(channel, channels - 1, i32.lt_s(channel, channels));
    };
    const find: Code = [
      s.set(i32.mul(chunk, SQUARES)),
      past.set(i32.add(s, SQUARES)),
      past.set(select(past, a.count, i32.lt_s(past, a.count))),
      place.set(
        i32.add(
          i32.mul(group, groupPitch),
          i32.add(
            i32.mul(i32.div_u(quad, width / 4), block * width),
            i32.add(i32.mul(s, width), i32.shl(i32.rem_u(quad, width / 4), 2)),
          ),
        ),
      ),
      place.set(i32.add(a.target, i32.mul(place, BYTES))),
      at.set(i32.add(a.from, s)),
      column.set(i32.rem_u(at, squares[1])),
      row.set(i32.rem_u(i32.div_u(at, squares[1]), squares[0])),
      // The channel of the group's first in its sample, then where its square is.
      step.set(i32.mul(i32.add(i32.mul(i32.div_u(at, perSample), groups), group), channels)),
      sources.map((source, lane) =>
        source.set(
          i32.add(
            i32.mul(i32.add(step, lastOf(lane)), planePitch),
            i32.mul(i32.add(i32.mul(row, rowPitch), column), m),
          ),
        ),
      ),
      sources.map((source) => source.set(i32.add(a.source, i32.mul(source, BYTES)))),
    ];
    const next: Code = [
      step.set(m * BYTES),
      column.add(1),
      when(i32.eq(column, squares[1]), [
        column.set(0),
        step.add((rowPitch - squares[1]) * m * BYTES),
        row.add(1),
        when(i32.eq(row, squares[0]), [
          row.set(0),
          step.add((groups * channels * planePitch - squares[0] * m * rowPitch) * BYTES),
        ]),
      ]),
      sources.map((source) => source.set(i32.add(source, step))),
      place.add(width * BYTES),
    ];
    return [
      room.set(i32.add(a.workspace, i32.mul(a.thread, a.share))),
      forRange(item, a.first, a.past, 1, [
        rest.set(item),
        take(chunk, rest, Math.ceil(block / SQUARES)),
        take(quad, rest, layout.channels / 4),
        group.set(rest),
        find,
        // Addresses are multiples of four, and never odd.
        forRange(s, s, past, 1, [apart(place, [...along, ...down]), next]),
      ]),
    ];
  });
}
