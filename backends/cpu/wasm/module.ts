import {
  brIf,
  bytesOf,
  type Code,
  codeOf,
  END,
  Local,
  loop,
  type Operand,
  unsigned,
  type ValueType,
  when,
} from "./code.ts";
import { i32 } from "./instructions.ts";

/** A function of a module, exported by its name; it returns nothing. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  /** The types of its local variables that are not parameters, in order. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** Makes a new local variable of the function under construction; it begins as 0. */
export type NewLocal = (type: ValueType) => Local;

/**
 * A function.
 * @param parameters name and type of each, in the order of the call
 * @param body is given the parameters by name, and what makes local variables
 */
export function func<P extends Readonly<Record<string, ValueType>>>(
  name: string,
  parameters: P,
  body: (parameters: { readonly [N in keyof P]: Local }, local: NewLocal) => Code,
): WasmFunction {
  const types = Object.values(parameters);
  const named = Object.fromEntries(Object.keys(parameters).map((key, at) => [key, new Local(types[at], at)]));
  const locals: ValueType[] = [];
  const code = body(named as { readonly [N in keyof P]: Local }, (type) => {
    locals.push(type);
    return new Local(type, types.length + locals.length - 1);
  });
  return { name, parameters: types, locals, body: code };
}

/** Runs the body for counter = from, from + step, … while counter < to (signed); to is evaluated each time. */
export const forRange = (counter: Local, from: Operand, to: Operand, step: number, body: Code): Code => [
  counter.set(from),
  when(
    i32.lt_s(counter, to),
    loop((again) => [body, counter.add(step), brIf(again, i32.lt_s(counter, to))]),
  ),
];

/** The same for a body that is known to run at least once. */
export const fromTo = (counter: Local, from: Operand, to: Operand, step: number, body: Code): Code => [
  counter.set(from),
  loop((again) => [body, counter.add(step), brIf(again, i32.lt_s(counter, to))]),
];

/** Calls another function of the module by its place in it. */
export const call = (at: number, ...operands: readonly Operand[]): Code => [operands.map(codeOf), 0x10, unsigned(at)];

/** The memory a module imports, in pages of 64 KiB. */
export interface MemoryType {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}

const types: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };

const text = (value: string): number[] => {
  const bytes = new TextEncoder().encode(value);
  return [...unsigned(bytes.length), ...bytes];
};

/** Bytes in order: few as numbers, many in an array of their own. */
type Bytes = readonly number[] | Uint8Array;

function joined(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const vector = (items: readonly Bytes[]): Uint8Array => joined(unsigned(items.length), ...items);

const section = (id: number, content: Uint8Array): Uint8Array => joined([id], unsigned(content.length), content);

function bodyOf({ locals, body }: WasmFunction): Uint8Array {
  const declared = vector(locals.map((type) => [1, types[type]]));
  const code = bytesOf(body);
  return joined(unsigned(declared.length + code.length + 1), declared, code, [END]);
}

/** The bytes of a module that imports `env.memory` and exports the functions by name. */
export function moduleOf(
  { initial, maximum, shared }: MemoryType,
  functions: readonly WasmFunction[],
): Uint8Array<ArrayBuffer> {
  return joined(
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector(functions.map(({ parameters: p }) => [0x60, ...vector(p.map((type) => [types[type]])), 0]))),
    section(
      2,
      vector([[...text("env"), ...text("memory"), 2, shared ? 3 : 1, ...unsigned(initial), ...unsigned(maximum)]]),
    ),
    section(3, vector(functions.map((_, at) => unsigned(at)))),
    section(7, vector(functions.map(({ name }, at) => [...text(name), 0, ...unsigned(at)]))),
    section(10, vector(functions.map(bodyOf))),
  );
}
