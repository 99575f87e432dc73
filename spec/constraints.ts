import type { Call, Constraint, ConstraintId, InputTypes, OperatorTypes } from "./operator.ts";
import type { Shape, TensorType } from "./tensor.ts";
import { dilatedExtent, resolvePadding, resolveWindow, type WindowAttributes } from "./window.ts";

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

const isCount = (value: unknown, least: number): value is number =>
  Number.isInteger(value) && (value as number) >= least;

const perAxis = (value: unknown, axes: number): value is readonly unknown[] =>
  Array.isArray(value) && value.length === axes;

/** The tensors of a call that are present, by name. */
const present = <T extends OperatorTypes>(inputs: InputTypes<T>): [string, TensorType][] =>
  Object.entries(inputs as Record<string, TensorType | undefined>).filter(
    (entry): entry is [string, TensorType] => entry[1] !== undefined,
  );

/** Every input that is not optional is there, and all have one number format. */
export const oneFormat = <T extends OperatorTypes>(
  id: ConstraintId,
  required: readonly T["inputs"][],
): Constraint<T> => ({
  id,
  statement: "every required input is present, and all inputs have the same number format",
  violation: ({ inputs }: Call<T>) => {
    const given = present(inputs);
    const missing = required.find((name) => !given.some(([other]) => other === name));
    if (missing !== undefined) return `input ${missing} is required`;
    const [first, ...rest] = given;
    const other = rest.find(([, { dtype }]) => dtype !== first[1].dtype);
    return (
      other && `inputs must have one number format, got ${first[0]} ${first[1].dtype} and ${other[0]} ${other[1].dtype}`
    );
  },
});

/** A tensor has `leading` axes before 1 to 3 spatial ones. */
export const spatialRank = <T extends OperatorTypes>(
  id: ConstraintId,
  name: T["inputs"],
  leading: number,
): Constraint<T> => ({
  id,
  statement: `${name} has ${leading} leading axes and 1, 2 or 3 spatial axes`,
  violation: ({ inputs }: Call<T>) => {
    const { shape } = inputs[name] as TensorType;
    return shape.length > leading && shape.length <= leading + 3
      ? undefined
      : `${name} must have rank ${leading + 1} to ${leading + 3}, got shape ${show(shape)}`;
  },
});

/** No extent is zero or fractional, but for the batch axis of the named tensors, which may be zero. */
export const extents = <T extends OperatorTypes>(id: ConstraintId, batched: readonly string[]): Constraint<T> => ({
  id,
  statement: "every extent is an integer ≥ 1; the batch extent may be 0",
  violation: ({ inputs }: Call<T>) => {
    for (const [name, { shape }] of present(inputs)) {
      const axis = shape.findIndex((extent, at) => !isCount(extent, at === 0 && batched.includes(name) ? 0 : 1));
      if (axis >= 0) return `extent ${axis} of ${name} must be a positive integer, got ${shape[axis]}`;
    }
    return undefined;
  },
});

/** The spatial extents of the input and of the kernel or window of a call. */
export type SpatialExtents<T extends OperatorTypes> = (call: Call<T>) => readonly [X: Shape, R: Shape];

/** The constraint on one attribute that holds one positive integer for each spatial axis. */
export const positivePerAxis = <T extends OperatorTypes>(
  id: ConstraintId,
  attribute: string & keyof T["attributes"],
  axes: (call: Call<T>) => number,
): Constraint<T> => ({
  id,
  statement: `${attribute} is one integer ≥ 1 for each spatial axis`,
  violation: (call) => {
    const value: unknown = call.attributes[attribute];
    if (!perAxis(value, axes(call)))
      return `${attribute} must have one entry for each of ${axes(call)} spatial axes, got ${show(value)}`;
    const wrong = value.find((entry) => !isCount(entry, 1));
    return wrong === undefined && !value.includes(undefined)
      ? undefined
      : `${attribute} must be a positive integer, got ${show(wrong)}`;
  },
});

/** The constraint on one attribute that holds one of a few words. */
export const oneOf = <T extends OperatorTypes>(
  id: ConstraintId,
  attribute: string & keyof T["attributes"],
  words: readonly string[],
): Constraint<T> => ({
  id,
  statement: `${attribute} is one of ${words.join(", ")}`,
  violation: ({ attributes }) => {
    const value: unknown = attributes[attribute];
    return words.includes(value as string)
      ? undefined
      : `${attribute} must be one of ${words.join(", ")}, got ${show(value)}`;
  },
});

const paddingModes = ["valid", "same", "same-lower", "full"];

/** One tensor has the rank of another. */
export const sameRank = <T extends OperatorTypes>(
  id: ConstraintId,
  name: T["inputs"],
  other: T["inputs"],
): Constraint<T> => ({
  id,
  statement: `${name} has the rank of ${other}`,
  violation: ({ inputs }: Call<T>) => {
    const [{ shape }, { shape: expected }] = [inputs[name] as TensorType, inputs[other] as TensorType];
    return shape.length === expected.length
      ? undefined
      : `${name} must have the rank of ${other}, ${expected.length}, got shape ${show(shape)}`;
  },
});

/** groups is a count, and divides each of the numbers of channels, which are named by what they are. */
export const channelGroups = <T extends OperatorTypes & { attributes: { readonly groups: number } }>(
  [id, ...ids]: readonly ConstraintId[],
  channels: (call: Call<T>) => Readonly<Record<string, number>>,
): Constraint<T>[] => [
  {
    id,
    statement: "groups is an integer ≥ 1",
    violation: ({ attributes: { groups } }) =>
      isCount(groups, 1) ? undefined : `groups must be a positive integer, got ${show(groups)}`,
  },
  ...ids.map(
    (divides, at): Constraint<T> => ({
      id: divides,
      statement: `groups divides the number of ${at === 0 ? "output" : "input"} channels`,
      violation: (call) => {
        const [name, count] = Object.entries(channels(call))[at];
        const { groups } = call.attributes;
        return count % groups === 0 ? undefined : `groups must divide the ${count} ${name}, got ${groups}`;
      },
    }),
  ),
];

/** A gradient that comes from above has the spatial extents of the forward output. */
export const upstreamExtents = <T extends OperatorTypes & { attributes: WindowAttributes }>(
  id: ConstraintId,
  name: T["inputs"],
  spatial: SpatialExtents<T>,
): Constraint<T> => ({
  id,
  statement: `${name} has the spatial extents of the forward output (SHAPE-1 to SHAPE-6)`,
  violation: (call) => {
    const { extents: P } = resolveWindow(...spatial(call), call.attributes);
    const got = (call.inputs[name] as TensorType).shape.slice(2);
    return String(got) === String(P)
      ? undefined
      : `${name} must have the spatial extents [${P}] of the forward output, got [${got}]`;
  },
});

/** Padding is a known mode, or two counts for each spatial axis. */
export const paddingKnown = <T extends OperatorTypes & { attributes: WindowAttributes }>(
  id: ConstraintId,
  spatial: SpatialExtents<T>,
): Constraint<T> => ({
  id,
  statement: "padding is valid, same, same-lower or full, or two integers ≥ 0 for each spatial axis",
  violation: (call) => {
    const { padding } = call.attributes;
    const axes = spatial(call)[0].length;
    if (paddingModes.includes(padding as string)) return undefined;
    const pairs = perAxis(padding, axes) && padding.every((pair) => perAxis(pair, 2));
    if (!pairs) return `padding must be ${paddingModes.join(", ")} or ${axes} pairs, got ${show(padding)}`;
    const wrong = (padding as readonly (readonly number[])[]).flat().find((cells) => !isCount(cells, 0));
    return wrong === undefined ? undefined : `padding must be an integer ≥ 0, got ${show(wrong)}`;
  },
});

/** The dilated kernel fits the padded input on every axis. */
export const kernelFits = <T extends OperatorTypes & { attributes: WindowAttributes }>(
  id: ConstraintId,
  spatial: SpatialExtents<T>,
): Constraint<T> => ({
  id,
  statement: "on every axis the dilated kernel spans no more cells than the padded input",
  violation: (call) => {
    const [X, R] = spatial(call);
    const { padding, dilation, stride } = call.attributes;
    for (const [axis, n] of X.entries()) {
      const e = dilatedExtent(R[axis], dilation[axis]);
      const [begin, end] = resolvePadding(padding, axis, n, e, stride[axis]);
      if (e > n + begin + end)
        return `the kernel spans ${e} cells on axis ${axis}, the padded input only ${n + begin + end}`;
    }
    return undefined;
  },
});

/** SHAPE-2: under strict rounding the steps of the window end exactly at the end of the padded input. */
export const strictFits = <T extends OperatorTypes & { attributes: WindowAttributes }>(
  id: ConstraintId,
  spatial: SpatialExtents<T>,
): Constraint<T> => ({
  id,
  statement: "under strict rounding the stride divides N + padding − F on every axis",
  violation: (call) => {
    const [X, R] = spatial(call);
    const { padding, dilation, stride, rounding } = call.attributes;
    if (rounding !== "strict") return undefined;
    for (const [axis, n] of X.entries()) {
      const e = dilatedExtent(R[axis], dilation[axis]);
      const [begin, end] = resolvePadding(padding, axis, n, e, stride[axis]);
      const room = n + begin + end - e;
      if (room % stride[axis] !== 0)
        return `stride ${stride[axis]} does not divide ${n} + ${begin} + ${end} − ${e} = ${room} on axis ${axis}`;
    }
    return undefined;
  },
});
