import { describe, expect, it } from "vitest";
import { type Code, signed, unsigned } from "./code.ts";
import { block, br, brIf, call, f32, f32x4, forRange, func, i32, i32x4, Label, moduleOf, v128, when } from "./index.ts";
import type { WasmFunction } from "./module.ts";

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
const floats = new Float32Array(memory.buffer);
const words = new Int32Array(memory.buffer);

const compiled = (...functions: readonly WasmFunction[]): Record<string, (...args: number[]) => void> => {
  const module = new WebAssembly.Module(moduleOf({ initial: 1, maximum: 1, shared: false }, functions));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as never;
};

/** What an instruction makes of two vectors. */
const binary = (instruction: (a: Code, b: Code) => Code, a: readonly number[], b: readonly number[]): Float32Array => {
  floats.set(a, 4);
  floats.set(b, 8);
  const { run } = compiled(func("run", {}, () => v128.store(0, instruction(v128.load(16), v128.load(0, 32)))));
  run();
  return floats.slice(0, 4);
};

describe("the emitter", () => {
  it("writes integers in groups of seven bits, least significant first", () => {
    expect(unsigned(0)).toEqual([0]);
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(unsigned(2 ** 32 - 1)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(signed(-123_456)).toEqual([0xc0, 0xbb, 0x78]);
    expect(signed(63)).toEqual([0x3f]);
    expect(signed(64)).toEqual([0xc0, 0x00]);
    expect(signed(-64)).toEqual([0x40]);
    expect(signed(-(2 ** 31))).toEqual([0x80, 0x80, 0x80, 0x80, 0x78]);
  });

  it("names vector instructions as they are", () => {
    const [a, b] = [
      [1, -2, Number.NaN, -0],
      [3, -5, 7, 0],
    ];
    expect([...binary(f32x4.add, a, b)]).toEqual([4, -7, Number.NaN, 0]);
    expect([...binary(f32x4.sub, a, b)]).toEqual([-2, 3, Number.NaN, -0]);
    expect([...binary(f32x4.mul, a, b)]).toEqual([3, 10, Number.NaN, -0]);
    expect([...binary(f32x4.div, a, b)]).toEqual([Math.fround(1 / 3), Math.fround(2 / 5), Number.NaN, Number.NaN]);
    expect([...binary(f32x4.max, a, b)]).toEqual([3, -2, Number.NaN, 0]);
    expect([...binary(f32x4.min, a, b)]).toEqual([1, -5, Number.NaN, -0]);
    expect([...binary(f32x4.pmax, a, b)]).toEqual([3, -2, Number.NaN, -0]);
    expect([...binary((a) => f32x4.abs(a), a, b)]).toEqual([1, 2, Number.NaN, 0]);
    expect([...binary((a) => f32x4.sqrt(f32x4.abs(a)), a, b)]).toEqual([1, Math.fround(Math.SQRT2), Number.NaN, 0]);
    const where = (mask: (a: Code, b: Code) => Code) => binary((a, b) => v128.bitselect(a, b, mask(a, b)), a, b);
    expect([...where(f32x4.lt)]).toEqual([1, -5, 7, 0]);
    expect([...where(f32x4.le)]).toEqual([1, -5, 7, -0]);
    expect([...where(f32x4.gt)]).toEqual([3, -2, 7, 0]);
    expect([...where(f32x4.ne)]).toEqual([1, -2, Number.NaN, 0]);
  });

  it("moves lanes", () => {
    const [a, b] = [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ];
    expect([...binary((a, b) => v128.shuffle32(a, b, [0, 2, 5, 7]), a, b)]).toEqual([0, 2, 5, 7]);
    expect([...binary((a) => v128.load32_lane(0, a, 2, 36), a, b)]).toEqual([0, 1, 5, 3]);
    expect([...binary(() => v128.load32_splat(0, 40), a, b)]).toEqual([6, 6, 6, 6]);
    expect([...binary(() => v128.load32_zero(0, 44), a, b)]).toEqual([7, 0, 0, 0]);
    expect([...binary((a) => f32x4.replace_lane(a, 1, f32.const(9)), a, b)]).toEqual([0, 9, 2, 3]);
    expect([...binary(() => f32x4.convert_i32x4_s(i32x4.splat(-3)), a, b)]).toEqual([-3, -3, -3, -3]);
  });

  it("loops from, to and by", () => {
    const sum = func("sum", { from: "i32", to: "i32" }, ({ from, to }, local) => {
      const [i, total] = [local("i32"), local("i32")];
      return [forRange(i, from, to, 3, total.add(i)), i32.store(0, total)];
    });
    const run = (from: number, to: number): number => {
      compiled(sum).sum(from, to);
      return words[0];
    };
    expect(run(1, 11)).toBe(1 + 4 + 7 + 10);
    expect(run(5, 5)).toBe(0);
    expect(run(5, -5)).toBe(0);
  });

  it("finds the target of a branch by its label", () => {
    const nested = func("nested", { x: "i32" }, ({ x }) => [
      i32.store(0, 0),
      block((outer) => [
        block((inner) => [brIf(inner, i32.eq(x, 1)), brIf(outer, i32.eq(x, 2)), i32.store(0, 1)]),
        i32.store(0, i32.add(i32.load(0), 2)),
      ]),
    ]);
    const run = (x: number): number => {
      compiled(nested).nested(x);
      return words[0];
    };
    expect([0, 1, 2].map(run)).toEqual([3, 2, 0]);
    const lost = func("lost", {}, () => br(new Label()));
    expect(() => compiled(lost)).toThrow("branch to a label that does not enclose it");
  });

  it("calls one function from another, and chooses", () => {
    const set = func("set", { value: "i32" }, ({ value }) => i32.store(0, value));
    const choose = func("choose", { x: "i32" }, ({ x }) => when(x, call(0, 10), call(0, i32.const(-20))));
    const { choose: run } = compiled(set, choose);
    run(1);
    expect(words[0]).toBe(10);
    run(0);
    expect(words[0]).toBe(-20);
  });
});
