import { f32, forRange, func, i32, select, type WasmFunction } from "../wasm/index.ts";

/** Rows of one item. */
export const TRANSPOSE_ROWS = 256;

/**
 * A tall matrix of rows × columns and its transpose: from the one to the other, or back. One item is a run of rows.
 * @param back whether `from` is the transpose
 */
export const transpose = (rows: number, columns: number, back: boolean): WasmFunction =>
  func("transpose", { first: "i32", past: "i32", thread: "i32", from: "i32", to: "i32" }, (at, local) => {
    const [row, past, column, tall, flat] = Array.from({ length: 5 }, () => local("i32"));
    return [
      row.set(i32.mul(at.first, TRANSPOSE_ROWS)),
      past.set(i32.mul(at.past, TRANSPOSE_ROWS)),
      past.set(select(past, rows, i32.lt_s(past, rows))),
      tall.set(i32.add(back ? at.to : at.from, i32.mul(row, 4 * columns))),
      forRange(row, row, past, 1, [
        flat.set(i32.add(back ? at.from : at.to, i32.shl(row, 2))),
        forRange(column, 0, columns, 1, [
          back ? f32.store(tall, f32.load(flat)) : f32.store(flat, f32.load(tall)),
          tall.add(4),
          flat.add(4 * rows),
        ]),
      ]),
    ];
  });
