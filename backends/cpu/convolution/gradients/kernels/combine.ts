import { f32x4, forRange, func, i32, v128, type WasmFunction, when } from "../../../wasm/index.ts";

/** Elements of an item. */
export const COMBINED = 1024;

/**
 * The function `combine`: adds up the sums of all parts, first to last. An item is COMBINED elements; past the last
 * element up to a multiple of 64 bytes is added, too.
 * @param size bytes of one part, a multiple of 64, from which the next begins
 */
export function combine(): WasmFunction {
  const parameters = {
    first: "i32",
    past: "i32",
    thread: "i32",
    sums: "i32",
    size: "i32",
    parts: "i32",
    Z: "i32",
  } as const;
  return func("combine", parameters, ({ first, past, sums, size, parts, Z }, local) => {
    const [at, end, from, part] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const totals = Array.from({ length: 4 }, () => local("v128"));
    const item = COMBINED * 4;
    return [
      end.set(i32.mul(past, item)),
      // Not past the end of the last item.
      when(i32.gt_u(end, size), end.set(size)),
      forRange(at, i32.mul(first, item), end, 64, [
        from.set(i32.add(sums, at)),
        totals.map((total, v) => total.set(v128.load(from, 16 * v))),
        forRange(part, 1, parts, 1, [
          from.add(size),
          totals.map((total, v) => total.set(f32x4.add(total, v128.load(from, 16 * v)))),
        ]),
        totals.map((total, v) => v128.store(i32.add(Z, at), total, 16 * v)),
      ]),
    ];
  });
}
