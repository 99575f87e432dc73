/** Bytes after the data of every buffer that a debug session watches: what writes past the end lands in them. */
export const guardBytes = 256;

/**
 * What stands there, and in every buffer before it is used: NaN as f32, and twice NaN as f16, so that a read of it shows. It
 * is a signalling NaN, which arithmetic does not give back, and another one for each of 500 buffers, which a copy does not.
 */
export const poisonOf = (number: number): number => 0x7f81_7c01 + (number % 500);

/** So many bytes of poison; a multiple of 4. */
export const poisoned = (bytes: number, poison: number): Uint32Array<ArrayBuffer> =>
  new Uint32Array(bytes / 4).fill(poison);

/** Whether a guard band still holds what was put there. */
export const isIntact = (band: Uint32Array, poison: number | undefined): boolean =>
  band.every((word) => word === poison);
