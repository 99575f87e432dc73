import { loadStrided } from "../../../kernels/strided.ts";
import { type Code, forRange, func, i32, type Local, v128, type WasmFunction, when } from "../../../wasm/index.ts";
import type { Block } from "../../block.ts";
import { BYTES } from "../../kernels/bytes.ts";
import type { KernelCall } from "../kernel-call.ts";
import { rowParameters, rowPitchOf } from "./rows.ts";

/** `layRows` for kernels of one tap: four positions of four channels at a time are turned in registers. */
export function layPoints(name: string, call: KernelCall, box: Block, channels: number): WasmFunction {
  const [s0, s1, s2] = call.window.stride;
  const planePitch = box.axes[1].count * box.rowPitch;
  const channelPitch = box.channelPitch * BYTES;
  const pitch = rowPitchOf(channels) * BYTES;
  return func(name, rowParameters, ({ box: first, rows, n0, n1, n2 }, local) => {
    const [p0, p1, p2, c, past] = Array.from({ length: 5 }, () => local("i32"));
    const [source, from, to] = [local("i32"), local("i32"), local("i32")];
    const lines = [local("v128"), local("v128"), local("v128"), local("v128")];
    const pairs = [local("v128"), local("v128"), local("v128"), local("v128")];
    const vector = local("v128");
    const load = lines.map((line, i) => line.set(loadStrided(from, s2, i * channelPitch, vector)));
    const turned: Code = [
      [0, 2].map((i) => [
        pairs[i].set(v128.shuffle32(lines[i], lines[i + 1], [0, 4, 1, 5])),
        pairs[i + 1].set(v128.shuffle32(lines[i], lines[i + 1], [2, 6, 3, 7])),
      ]),
    ];
    const stored = [0, 1, 2, 3].map((i) => {
      const half: [number, number] = i % 2 === 0 ? [0, 1] : [2, 3];
      const pair = Math.floor(i / 2);
      return v128.store(
        to,
        v128.shuffle32(pairs[pair], pairs[pair + 2], [half[0], half[1], half[0] + 4, half[1] + 4]),
        i * pitch,
      );
    });
    /** One channel after the other, where four are too many. */
    const single: Code = [
      lines[0].set(loadStrided(from, s2, 0, vector)),
      [0, 1, 2, 3].map((i) => v128.store32_lane(to, lines[0], i, i * pitch)),
    ];
    const four = (counter: Local): Code => [
      from.set(source),
      to.set(rows),
      forRange(c, 0, channels - 3, 4, [load, turned, stored, from.add(4 * channelPitch), to.add(16)]),
      forRange(counter, c, channels, 1, [single, from.add(channelPitch), to.add(BYTES)]),
    ];
    const start = i32.add(i32.mul(p0, s0 * planePitch), i32.mul(p1, s1 * box.rowPitch));
    return forRange(p0, 0, n0, 1, [
      forRange(p1, 0, n1, 1, [
        source.set(i32.add(first, i32.mul(start, BYTES))),
        // Rows past the last are laid out, too, and overwritten by those of the next line.
        forRange(p2, 0, n2, 4, [four(past), source.add(4 * s2 * BYTES), rows.add(4 * pitch)]),
        when(i32.and(n2, 3), rows.add(i32.mul(i32.sub(i32.and(n2, 3), 4), pitch))),
      ]),
    ]);
  });
}
