/** Values of one axis each: depth, height, width. */
export type Triple = readonly [number, number, number];

/** A value of a uniform: an integer, a float or three integers, as the kernel has it. */
export type UniformValue = number | Triple;

/** A field of a kernel's uniforms: where it stands in bytes. */
interface Field {
  readonly name: string;
  readonly type: "i32" | "u32" | "f32" | "vec3i";
  readonly offset: number;
}

/** What a kernel's text says it is given. */
export interface Layout {
  /** The name of each buffer, by its binding. */
  readonly buffers: ReadonlyMap<string, { readonly binding: number; readonly written: boolean }>;
  readonly uniforms: { readonly binding: number; readonly size: number; readonly fields: readonly Field[] };
}

const sizes = { i32: 4, u32: 4, f32: 4, vec3i: 12 } as const;
const alignments = { i32: 4, u32: 4, f32: 4, vec3i: 16 } as const;

const isType = (type: string): type is keyof typeof sizes => type in sizes;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

function fieldsOf(source: string): Pick<Layout["uniforms"], "size" | "fields"> {
  const [, body = ""] = /struct Uniforms \{([^}]*)\}/.exec(source) ?? [];
  let offset = 0;
  const fields: Field[] = [];
  for (const [, name, type] of body.matchAll(/(\w+): (\w+),/g)) {
    if (!isType(type)) throw new TypeError(`uniform ${name} has type ${type}, of which nothing is known`);
    offset = roundUp(offset, alignments[type]);
    fields.push({ name, type, offset });
    offset += sizes[type];
  }
  return { size: roundUp(offset, 16), fields };
}

/** Reads the bindings and uniforms of a kernel from its WGSL, so that both are given by name. */
export function layoutOf(source: string): Layout {
  const buffers = new Map<string, { binding: number; written: boolean }>();
  let uniforms = -1;
  for (const [, binding, space, name] of source.matchAll(/@group\(0\) @binding\((\d+)\) var<([^>]+)> (\w+)/g)) {
    if (space === "uniform") uniforms = Number(binding);
    else buffers.set(name, { binding: Number(binding), written: space === "storage, read_write" });
  }
  return { buffers, uniforms: { binding: uniforms, ...fieldsOf(source) } };
}

/**
 * The bytes of a kernel's uniforms.
 * @throws {TypeError} where a value is missing, or nobody asks for one
 */
export function packed(
  { size, fields }: Layout["uniforms"],
  values: Readonly<Record<string, UniformValue>>,
): ArrayBuffer {
  const bytes = new ArrayBuffer(size);
  const view = new DataView(bytes);
  for (const { name, type, offset } of fields) {
    const value = values[name];
    if (value === undefined) throw new TypeError(`uniform ${name} is missing`);
    if (type === "f32") view.setFloat32(offset, value as number, true);
    else for (const [axis, entry] of [value].flat().entries()) view.setInt32(offset + 4 * axis, entry, true);
  }
  const known = new Set(fields.map(({ name }) => name));
  const idle = Object.keys(values).find((name) => !known.has(name));
  if (idle !== undefined) throw new TypeError(`there is no uniform ${idle}`);
  return bytes;
}
