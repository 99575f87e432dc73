/** The types of values that kernels use. */
export type ValueType = "i32" | "f32" | "f64" | "v128";

/** The target of branches: the end of a block, or the beginning of a loop. Made by `block` and `loop`. */
export class Label {}

/** Instructions in order: bytes, and what is only known once the whole function is: how deep a branch target lies. */
export type Code = readonly Item[];
type Item = number | Code | Scope | Branch;

class Scope {
  readonly opening: Code;
  readonly label: Label;
  readonly body: Code;
  constructor(opening: Code, label: Label, body: Code) {
    this.opening = opening;
    this.label = label;
    this.body = body;
  }
}

class Branch {
  readonly opcode: number;
  readonly label: Label;
  constructor(opcode: number, label: Label) {
    this.opcode = opcode;
    this.label = label;
  }
}

/** A parameter or local variable of a function. As an operand it stands for its value. */
export class Local {
  readonly type: ValueType;
  readonly index: number;
  readonly #get: Code;
  readonly #set: Code;
  readonly #tee: Code;
  constructor(type: ValueType, index: number) {
    this.type = type;
    this.index = index;
    const place = unsigned(index);
    this.#get = [0x20, ...place];
    this.#set = [0x21, ...place];
    this.#tee = [0x22, ...place];
  }

  /** Pushes the value. */
  get(): Code {
    return this.#get;
  }

  set(value: Operand): Code {
    return [codeOf(value), this.#set];
  }

  /** Sets, and leaves the value. */
  tee(value: Operand): Code {
    return [codeOf(value), this.#tee];
  }

  /** For i32: adds to the variable. */
  add(value: Operand): Code {
    return [this.#get, codeOf(value), 0x6a, this.#set];
  }
}

/** What an instruction takes: code that pushes a value, a variable, or an integer as an i32 constant. */
export type Operand = Code | Local | number;

/** The code that pushes an operand. */
export const codeOf = (operand: Operand): Code => {
  if (typeof operand === "number") return [0x41, signed(operand)];
  return operand instanceof Local ? operand.get() : operand;
};

/** LEB128, unsigned. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed, 32 bits. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

const EMPTY = 0x40;
/** Ends a block, a loop, or a function. */
export const END = 0x0b;

/** A block: a branch to its label leaves it. */
export const block = (body: (leave: Label) => Code): Code => {
  const label = new Label();
  return [new Scope([0x02, EMPTY], label, body(label))];
};

/** A loop: a branch to its label begins it again; without one it ends. */
export const loop = (body: (again: Label) => Code): Code => {
  const label = new Label();
  return [new Scope([0x03, EMPTY], label, body(label))];
};

/** Runs `then` if the condition is not 0, and `otherwise` if it is. */
export const when = (condition: Operand, then: Code, otherwise?: Code): Code => [
  codeOf(condition),
  new Scope([0x04, EMPTY], new Label(), otherwise ? [then, 0x05, otherwise] : then),
];

/** Branches always. */
export const br = (label: Label): Code => [new Branch(0x0c, label)];

/** Branches if the condition is not 0. */
export const brIf = (label: Label, condition: Operand): Code => [codeOf(condition), new Branch(0x0d, label)];

/** Bytes in order, in a buffer that grows. */
class Writer {
  #buffer = new Uint8Array(1 << 16);
  #length = 0;

  push(byte: number): void {
    if (this.#length === this.#buffer.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer[this.#length++] = byte;
  }

  /** What was written since the last time. */
  take(): Uint8Array {
    const bytes = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }
}

const writer = new Writer();

function write(item: Item, scopes: Label[]): void {
  if (typeof item === "number") writer.push(item);
  else if (item instanceof Scope) {
    write(item.opening, scopes);
    scopes.push(item.label);
    write(item.body, scopes);
    scopes.pop();
    writer.push(END);
  } else if (item instanceof Branch) {
    const at = scopes.lastIndexOf(item.label);
    if (at < 0) throw new Error("branch to a label that does not enclose it");
    writer.push(item.opcode);
    write(unsigned(scopes.length - 1 - at), scopes);
  } else for (let at = 0; at < item.length; at++) write(item[at], scopes);
}

/** Writes code as bytes, with branch targets as depths. */
export function bytesOf(code: Code): Uint8Array {
  writer.take();
  write(code, []);
  return writer.take();
}
