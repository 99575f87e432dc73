import type { Triple } from "../plain/volume.ts";
import {
  type Code,
  f32,
  forRange,
  func,
  i32,
  type Local,
  type NewLocal,
  select,
  type WasmFunction,
  when,
} from "../wasm/index.ts";

/** What the windows of a layer cover. */
export interface Patches {
  readonly C: number;
  readonly X: Triple;
  readonly R: Triple;
  readonly dilation: Triple;
}

/** The words of a record: one output position of one sample. */
export const record = {
  /** Bytes from the beginning of the input to its sample. */
  sample: 0,
  /** Where its window begins, on three axes; may be in the padding. */
  start: 4,
  /** Bytes from the beginning of the output to its first channel. */
  output: 16,
  /** Bytes from the beginning of the biases to its first one. */
  bias: 20,
  /** 1 where the whole window is within the input. */
  inside: 24,
  bytes: 32,
} as const;

/** Elements of a window in one channel. */
export const taps = ({ R }: Patches): number => R[0] * R[1] * R[2];

/** Bytes of a patch of so many channels: whole vectors, and room to read beyond. */
export const patchBytes = (patches: Patches, channels: number): number =>
  64 * Math.ceil((4 * channels * taps(patches) + 64) / 64);

/**
 * Visits the elements of a window in some channels, in their order.
 * @param visit is given where the element is in the input, and, unless all are inside, whether it is there
 */
function overPatch(
  { X, R, dilation }: Patches,
  at: Readonly<Record<"record" | "tensor" | "from" | "past", Local>>,
  inside: boolean,
  local: NewLocal,
  visit: (address: Local, there: Local | undefined) => Code,
): Code {
  const [c, plane, address] = [local("i32"), local("i32"), local("i32")];
  const [k0, k1, k2, x0, x1, x2] = Array.from({ length: 6 }, () => local("i32"));
  const [rowThere, there] = [local("i32"), local("i32")];
  const start = (axis: number): Code => i32.load(at.record, record.start + 4 * axis);
  const within = (x: Local, axis: number): Code => i32.lt_u(x, X[axis]);
  const size = 4 * X[0] * X[1] * X[2];
  return [
    plane.set(i32.add(at.tensor, i32.load(at.record, record.sample))),
    plane.add(i32.mul(at.from, size)),
    forRange(c, at.from, at.past, 1, [
      x0.set(start(0)),
      forRange(k0, 0, R[0], 1, [
        x1.set(start(1)),
        forRange(k1, 0, R[1], 1, [
          x2.set(start(2)),
          inside ? [] : rowThere.set(i32.and(within(x0, 0), within(x1, 1))),
          address.set(i32.add(i32.mul(i32.add(i32.mul(x0, X[1]), x1), X[2]), x2)),
          address.set(i32.add(plane, i32.shl(address, 2))),
          forRange(k2, 0, R[2], 1, [
            inside ? [] : there.set(i32.and(rowThere, within(x2, 2))),
            visit(address, inside ? undefined : there),
            address.add(4 * dilation[2]),
            inside ? [] : x2.add(dilation[2]),
          ]),
          x1.add(dilation[1]),
        ]),
        x0.add(dilation[0]),
      ]),
      plane.add(size),
    ]),
  ];
}

const parameters = { record: "i32", tensor: "i32", patch: "i32", from: "i32", past: "i32", mask: "i32" } as const;

/**
 * Copies the window of a record, in channels from … past − 1 of a tensor, to one patch: 0 where an element is not there.
 * Unless all are, so many bytes behind it a mask is made: all bits where an element is there, none where not.
 */
export const gather = (patches: Patches): WasmFunction =>
  func("gather", parameters, (at, local) => {
    const next = at.patch.add(4);
    return when(
      i32.load(at.record, record.inside),
      overPatch(patches, at, true, local, (address) => [f32.store(at.patch, f32.load(address)), next]),
      overPatch(patches, at, false, local, (address, there = address) => [
        f32.store(at.patch, f32.const(0)),
        when(there, f32.store(at.patch, f32.load(address))),
        i32.store(i32.add(at.patch, at.mask), select(-1, 0, there)),
        next,
      ]),
    );
  });

/** Adds a patch to the window of a record, in channels from … past − 1 of a tensor, where there is an element. */
export const scatter = (patches: Patches): WasmFunction =>
  func("scatter", parameters, (at, local) => {
    const add = (address: Local): Code => f32.store(address, f32.add(f32.load(address), f32.load(at.patch)));
    const next = at.patch.add(4);
    return when(
      i32.load(at.record, record.inside),
      overPatch(patches, at, true, local, (address) => [add(address), next]),
      overPatch(patches, at, false, local, (address, there = address) => [when(there, add(address)), next]),
    );
  });
