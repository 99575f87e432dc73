import {
  type Code,
  forRange,
  func,
  i32,
  type Local,
  type NewLocal,
  v128,
  type WasmFunction,
} from "../../../wasm/index.ts";
import type { Block } from "../../block.ts";
import { product } from "../../geometry.ts";
import { BYTES } from "../../kernels/bytes.ts";
import type { KernelCall } from "../kernel-call.ts";

/** From the row of a position to that of the next, in elements: not a multiple of 1 KiB, where caches would collide. */
export const rowPitchOf = (lanes: number): number => {
  const pitch = Math.ceil(lanes / 4) * 4;
  return (pitch * BYTES) % 1024 === 0 ? pitch + 16 : pitch;
};

/** Bytes before the box that may be read. */
export const BEFORE = 16;
/** Bytes past the last row that may be written. */
export const PAST = 64;
/** Copies that are written out one after the other. */
const UNROLLED = 16;

export const rowParameters = { box: "i32", rows: "i32", n0: "i32", n1: "i32", n2: "i32" } as const;

/**
 * Lays the input in a box out anew, one row for each position, with what it multiplies for each weight: channels and
 * taps in the order of the kernel. Positions are n0 × n1 × n2, the first being at `box`. Copies are made in whole
 * vectors: what one writes past its end is overwritten by the next, or lies past the last row.
 */
export function layRows(name: string, call: KernelCall, box: Block, channels: number): WasmFunction {
  const { R, stride, dilation } = call.window;
  const planePitch = box.axes[1].count * box.rowPitch;
  const pitch = rowPitchOf(channels * product(R)) * BYTES;
  const [planeStep, rowStep] = [dilation[0] * planePitch * BYTES, dilation[1] * box.rowPitch * BYTES];
  const turned = (k: number, r: number): number => (call.flipped ? r - 1 - k : k);
  return func(name, rowParameters, ({ box: first, rows, n0, n1, n2 }, local) => {
    const [p0, p1, p2, c, k0, k1] = Array.from({ length: 6 }, () => local("i32"));
    const [source, from, row, to] = Array.from({ length: 4 }, () => local("i32"));
    const copy = copyTaps(R[2], dilation[2], call.flipped, local);
    const each = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
    const written = (): Code => [
      each(R[0]).map((e0) =>
        each(R[1]).map((e1) =>
          copy(from, turned(e0, R[0]) * planeStep + turned(e1, R[1]) * rowStep, to, (e0 * R[1] + e1) * R[2] * BYTES),
        ),
      ),
      to.add(product(R) * BYTES),
    ];
    const along = (k: Local, count: number): Code => (call.flipped ? i32.sub(count - 1, k) : k.get());
    const looped = (): Code =>
      forRange(k0, 0, R[0], 1, [
        forRange(k1, 0, R[1], 1, [
          row.set(i32.add(from, i32.add(i32.mul(along(k0, R[0]), planeStep), i32.mul(along(k1, R[1]), rowStep)))),
          copy(row, 0, to, 0),
          to.add(R[2] * BYTES),
        ]),
      ]);
    const position: Code = [
      from.set(source),
      to.set(rows),
      forRange(c, 0, channels, 1, [R[0] * R[1] <= UNROLLED ? written() : looped(), from.add(box.channelPitch * BYTES)]),
      source.add(stride[2] * BYTES),
      rows.add(pitch),
    ];
    const start = i32.add(i32.mul(p0, stride[0] * planePitch), i32.mul(p1, stride[1] * box.rowPitch));
    return forRange(p0, 0, n0, 1, [
      forRange(p1, 0, n1, 1, [
        // Copies in reverse read before their first element.
        source.set(i32.add(i32.sub(first, BEFORE), i32.mul(start, BYTES))),
        forRange(p2, 0, n2, 1, position),
      ]),
    ]);
  });
}

/** Copies what `r` taps of a row meet, with `from` standing BEFORE bytes before the first of them. */
type CopyTaps = (from: Local, offset: number, to: Local, done: number) => Code;

function copyTaps(r: number, dilation: number, flipped: boolean, local: NewLocal): CopyTaps {
  const at = local("i32");
  const vector = local("v128");
  const sign = flipped ? -1 : 1;
  const first = BEFORE + (flipped ? (r - 1) * dilation * BYTES : 0);
  const counts = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  if (dilation === 1 || r === 1) {
    const four = (address: Local | Code, offset: number): Code =>
      flipped ? v128.shuffle32(v128.load(address, offset - 12), v128.zero(), [3, 2, 1, 0]) : v128.load(address, offset);
    const vectors = Math.ceil(r / 4);
    if (vectors <= UNROLLED)
      return (from, offset, to, done) =>
        counts(vectors).map((v) => v128.store(to, four(from, offset + first + 16 * sign * v), done + 16 * v));
    return (from, offset, to, done) =>
      forRange(at, 0, vectors * 16, 16, [
        v128.store(i32.add(to, at), four(i32.add(from, i32.mul(at, sign)), offset + first), done),
      ]);
  }
  const step = sign * dilation;
  const one = (from: Local | Code, offset: number, to: Local | Code, done: number): Code => [
    vector.set(v128.load32_zero(from, offset)),
    v128.store32_lane(to, vector, 0, done),
  ];
  if (r <= 2 * UNROLLED)
    return (from, offset, to, done) =>
      counts(r).map((k) => one(from, offset + first + k * step * BYTES, to, done + k * BYTES));
  return (from, offset, to, done) =>
    forRange(at, 0, r * BYTES, BYTES, one(i32.add(from, i32.mul(at, step)), offset + first, i32.add(to, at), done));
}
