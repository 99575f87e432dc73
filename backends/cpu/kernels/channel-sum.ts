import { f32, forRange, func, i32, v128, type WasmFunction } from "../wasm/index.ts";
import { type Channels, lanesOf, overChannel, Sum } from "./channel.ts";

/** One item is a channel of G [N, C, …X]: the sum of all its elements. */
export const channelSum = (channels: Channels): WasmFunction =>
  func("sum", { first: "i32", past: "i32", thread: "i32", G: "i32", db: "i32" }, (at, local) => {
    const [channel, pointer] = [local("i32"), local("i32")];
    const sum = new Sum(local);
    return forRange(channel, at.first, at.past, 1, [
      sum.begin(),
      overChannel(
        channels,
        channel,
        [pointer],
        [at.G],
        local,
        (offset, turn, lanes) => sum.add(lanesOf(v128.load(pointer, offset), lanes), turn),
        sum.flush(),
      ),
      f32.store(i32.add(at.db, i32.shl(channel, 2)), f32.demote_f64(sum.total)),
    ]);
  });
