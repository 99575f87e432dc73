import { expect, test } from "vitest";
import { kernels } from "../kernels.ts";
import { layoutOf, packed } from "./layout.ts";

const source = `
struct Uniforms {
  X: vec3i,
  N: i32,
  s: vec3i,
  rate: f32,
  C: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(2) var<storage, read_write> Z: array<stored>;
@group(0) @binding(1) var<uniform> u: Uniforms;
`;

test("bindings and uniforms are read from the kernel's text", () => {
  const { buffers, uniforms } = layoutOf(source);
  expect([...buffers]).toEqual([
    ["V", { binding: 0, written: false }],
    ["Z", { binding: 2, written: true }],
  ]);
  expect(uniforms.binding).toBe(1);
  // A vector of three stands at a multiple of 16 bytes, and what follows it in its fourth word.
  expect(uniforms.fields.map(({ name, offset }) => [name, offset])).toEqual([
    ["X", 0],
    ["N", 12],
    ["s", 16],
    ["rate", 28],
    ["C", 32],
  ]);
  expect(uniforms.size).toBe(48);
});

test("uniforms are written where the kernel reads them", () => {
  const bytes = packed(layoutOf(source).uniforms, { X: [1, 2, 3], N: 4, s: [5, 6, -7], rate: 0.5, C: 8 });
  expect([...new Int32Array(bytes, 0, 7)]).toEqual([1, 2, 3, 4, 5, 6, -7]);
  expect(new Float32Array(bytes)[7]).toBe(0.5);
  expect(new Int32Array(bytes)[8]).toBe(8);
});

test("a uniform that is missing, or that nobody asks for, is an error", () => {
  const { uniforms } = layoutOf("struct Uniforms {\n  size: i32,\n}");
  expect(() => packed(uniforms, {})).toThrow("uniform size is missing");
  expect(() => packed(uniforms, { size: 1, rate: 2 })).toThrow("there is no uniform rate");
});

test("every kernel has uniforms and writes something", () => {
  for (const text of Object.values(kernels)) {
    const { buffers, uniforms } = layoutOf(text);
    expect(uniforms.binding).toBeGreaterThan(0);
    expect(uniforms.fields.length).toBeGreaterThan(0);
    expect([...buffers.values()].some(({ written }) => written)).toBe(true);
  }
});
