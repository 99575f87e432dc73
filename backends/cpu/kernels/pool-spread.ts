import type { Triple } from "../plain/volume.ts";
import {
  type Code,
  f32,
  f32x4,
  forRange,
  func,
  i32,
  type Local,
  select,
  v128,
  type WasmFunction,
  when,
} from "../wasm/index.ts";
import { storeLanes } from "./strided.ts";

/** The geometry that the code of the kernel depends on. */
export interface PoolSpread {
  readonly X: Triple;
  readonly P: Triple;
  /** Of the fastest axis. */
  readonly R: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  /** Whether errors are divided by the size of their window. */
  readonly divides: boolean;
}

/** Input elements of one item at most. */
export const spreadTile = ({ X }: PoolSpread): number => Math.min(Math.ceil(X[2] / 4) * 4, 4096);

const reach = ({ R, dilation }: PoolSpread): number => (R - 1) * dilation;

/** Bytes of workspace for one thread. */
export const spreadWorkspace = (spread: PoolSpread): number =>
  64 * Math.ceil((4 * (spreadTile(spread) + reach(spread) + 16)) / 64);

/**
 * One item is a row of the input, or a tile of it. The errors of all windows that reach the row are added up,
 * one row of errors on the other, and set down as far apart as the windows are, with zeros between; an input
 * element then gets the sum of what stands at the taps before it.
 */
export function poolSpread(spread: PoolSpread): WasmFunction {
  const { X, P, R, stride, dilation, begin, divides } = spread;
  const [tile, width] = [spreadTile(spread), spreadTile(spread) + reach(spread)];
  const tiles = Math.ceil(X[2] / tile);

  return func(
    "spread",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      G: "i32",
      dV: "i32",
      covering0: "i32",
      covering1: "i32",
      divisors: "i32",
      workspace: "i32",
    },
    (at, local) => {
      const [item, row, t, plane, list0, list1] = Array.from({ length: 6 }, () => local("i32"));
      const [end0, end1, k0, k1, base] = Array.from({ length: 5 }, () => local("i32"));
      const [x, last, p, past, source, target, scratch, tap, k] = Array.from({ length: 9 }, () => local("i32"));
      const [sum, shared] = [local("v128"), local("f32")];

      const place: Code = [
        tiles === 1 ? [row.set(item), t.set(0)] : [row.set(i32.div_u(item, tiles)), t.set(i32.rem_u(item, tiles))],
        plane.set(i32.div_u(row, X[0] * X[1])),
        list0.set(i32.add(at.covering0, i32.shl(i32.rem_u(i32.div_u(row, X[1]), X[0]), 3))),
        list1.set(i32.add(at.covering1, i32.shl(i32.rem_u(row, X[1]), 3))),
        base.set(i32.add(at.G, i32.mul(plane, 4 * P[0] * P[1] * P[2]))),
        // Windows p with p·stride − begin + k·dilation in x … x + tile − 1.
        x.set(i32.mul(t, tile)),
        p.set(i32.add(x, begin - reach(spread))),
        p.set(select(i32.div_s(i32.add(p, stride - 1), stride), 0, i32.gt_s(p, 0))),
        past.set(i32.add(i32.div_s(i32.add(x, tile - 1 + begin), stride), 1)),
        past.set(select(past, P[2], i32.lt_s(past, P[2]))),
        target.set(i32.sub(i32.mul(p, stride), i32.add(x, begin - reach(spread)))),
        target.set(i32.add(scratch, i32.shl(target, 2))),
      ];

      /** The sum of the errors of the windows p … of all rows that reach this one. */
      const errors = (load: (address: Local) => Code): Code => [
        sum.set(v128.zero()),
        forRange(k0, i32.add(at.covering0, i32.load(list0)), end0, 8, [
          forRange(k1, i32.add(at.covering1, i32.load(list1)), end1, 8, [
            source.set(i32.add(base, i32.add(i32.load(k0), i32.add(i32.load(k1), i32.shl(p, 2))))),
            divides
              ? [
                  shared.set(f32.mul(f32.load(k0, 4), f32.load(k1, 4))),
                  sum.set(
                    f32x4.add(
                      sum,
                      f32x4.div(
                        load(source),
                        f32x4.mul(f32x4.splat(shared), v128.load(i32.add(at.divisors, i32.shl(p, 2)))),
                      ),
                    ),
                  ),
                ]
              : sum.set(f32x4.add(sum, load(source))),
          ]),
        ]),
      ];
      const gather: Code = [
        end0.set(i32.add(at.covering0, i32.load(list0, 4))),
        end1.set(i32.add(at.covering1, i32.load(list1, 4))),
        forRange(tap, scratch, i32.add(scratch, 4 * width), 16, v128.store(tap, v128.zero())),
        forRange(p, p, i32.sub(past, 3), 4, [
          errors((address) => v128.load(address)),
          stride === 1
            ? v128.store(target, sum)
            : [0, 1, 2, 3].map((lane) => v128.store32_lane(target, sum, lane, 4 * stride * lane)),
          target.add(16 * stride),
        ]),
        forRange(p, p, past, 1, [
          errors((address) => v128.load32_zero(address)),
          v128.store32_lane(target, sum, 0),
          target.add(4 * stride),
        ]),
      ];

      const along: Code =
        R <= 16
          ? [
              sum.set(v128.load(source)),
              Array.from({ length: R - 1 }, (_, n) =>
                sum.set(f32x4.add(sum, v128.load(source, 4 * (n + 1) * dilation))),
              ),
            ]
          : [
              sum.set(v128.load(source)),
              tap.set(source),
              forRange(k, 1, R, 1, [tap.add(4 * dilation), sum.set(f32x4.add(sum, v128.load(tap)))]),
            ];
      const scatter: Code = [
        source.set(scratch),
        target.set(i32.add(at.dV, i32.shl(i32.add(i32.mul(row, X[2]), x), 2))),
        last.set(i32.add(x, tile)),
        last.set(select(last, X[2], i32.lt_s(last, X[2]))),
        forRange(x, x, i32.sub(last, 3), 4, [along, v128.store(target, sum), source.add(16), target.add(16)]),
        X[2] % 4 === 0 ? [] : when(i32.lt_s(x, last), [along, storeLanes(target, sum, X[2] % 4)]),
      ];
      return [
        scratch.set(i32.add(at.workspace, i32.mul(at.thread, spreadWorkspace(spread)))),
        forRange(item, at.first, at.past, 1, [place, gather, scatter]),
      ];
    },
  );
}
