/** The few instructions and sections of WebAssembly that the kernels here are made of, as bytes. */
export type Code = readonly number[];

/** LEB128, unsigned. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

/** LEB128, signed. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const ieee = (value: number, bytes: 4 | 8): number[] => {
  const view = new DataView(new ArrayBuffer(8));
  if (bytes === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return Array.from(new Uint8Array(view.buffer, 0, bytes));
};

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)],
  tee: (local: number, value: Code): Code => [...value, 0x22, ...unsigned(local)],
  load: (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  sub: (a: Code, b: Code): Code => [...a, ...b, 0x6b],
  multiply: (a: Code, b: Code): Code => [...a, ...b, 0x6c],
} as const;

/** An instruction of the vector extension, whose opcode follows a prefix. */
const simd = (opcode: number, ...immediates: number[]): Code => [0xfd, ...unsigned(opcode), ...immediates];

export const v128 = {
  get: i32.get,
  set: i32.set,
  load: (address: Code, offset: number): Code => [...address, ...simd(0, 4), ...unsigned(offset)],
  store: (address: Code, value: Code, offset: number): Code => [
    ...address,
    ...value,
    ...simd(11, 4),
    ...unsigned(offset),
  ],
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code => [...a, ...b, ...simd(13, ...lanes)],
  xor: (a: Code, b: Code): Code => [...a, ...b, ...simd(0x51)],
  zero: simd(12, ...Array<number>(16).fill(0)),
} as const;

/** The vector instructions that differ between four lanes of f32 and two of f64. */
const lanes = (bytes: 4 | 8, opcodes: { splat: number; load: number; add: number; sub: number; mul: number }) => ({
  bytes,
  /** A constant in every lane. */
  constant: (value: number): Code => simd(12, ...Array.from({ length: 16 / bytes }, () => ieee(value, bytes)).flat()),
  /** Constants, one a lane. */
  constants: (values: readonly number[]): Code => simd(12, ...values.flatMap((value) => ieee(value, bytes))),
  /** One number of memory in every lane. */
  splat: (address: Code, offset: number): Code => [
    ...address,
    ...simd(opcodes.load, bytes === 4 ? 2 : 3),
    ...unsigned(offset),
  ],
  /** A number on the stack in every lane. */
  fill: (value: Code): Code => [...value, ...simd(opcodes.splat)],
  add: (a: Code, b: Code): Code => [...a, ...b, ...simd(opcodes.add)],
  sub: (a: Code, b: Code): Code => [...a, ...b, ...simd(opcodes.sub)],
  multiply: (a: Code, b: Code): Code => [...a, ...b, ...simd(opcodes.mul)],
});

export type Lanes = ReturnType<typeof lanes>;

export const f32x4 = lanes(4, { splat: 0x13, load: 0x09, add: 0xe4, sub: 0xe5, mul: 0xe6 });
export const f64x2 = lanes(8, { splat: 0x14, load: 0x0a, add: 0xf0, sub: 0xf1, mul: 0xf2 });

/** Runs a body while a counter, which is at least 1 and which the loop counts down, is not zero. */
export const countDown = (counter: number, body: Code): Code => [
  0x03,
  0x40,
  ...body,
  ...i32.tee(counter, i32.sub(i32.get(counter), i32.const(1))),
  0x0d,
  0,
  0x0b,
];

/** Runs one of two bodies, by a condition. */
export const either = (condition: Code, then: Code, otherwise: Code = []): Code => [
  ...condition,
  0x04,
  0x40,
  ...then,
  ...(otherwise.length > 0 ? [0x05, ...otherwise] : []),
  0x0b,
];

/** A function without results: its parameters come first among its locals. */
export interface KernelFunction {
  readonly name: string;
  readonly parameters: readonly ("i32" | "f32" | "f64")[];
  readonly integers: number;
  readonly vectors: number;
  readonly body: Code;
}

const valueTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

const vector = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flatMap((item) => [...item])];
const section = (id: number, content: Code): number[] => [id, ...unsigned(content.length), ...content];
const text = (value: string): number[] => [...unsigned(value.length), ...new TextEncoder().encode(value)];

/** A module of functions on a memory that it imports as `heap.memory`. */
export function moduleOf(functions: readonly KernelFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(parameters.map((parameter) => [valueTypes[parameter]])),
    0,
  ]);
  const bodies = functions.map(({ integers, vectors, body }) => {
    const locals = vector([
      [...unsigned(integers), valueTypes.i32],
      [...unsigned(vectors), valueTypes.v128],
    ]);
    const code = [...locals, ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([[...text("heap"), ...text("memory"), 2, 0, 0]])),
    ...section(3, vector(functions.map((_, at) => unsigned(at)))),
    ...section(7, vector(functions.map(({ name }, at) => [...text(name), 0, ...unsigned(at)]))),
    ...section(10, vector(bodies)),
  ]);
}
