/** How many workgroups an axis of a dispatch holds. */
export interface Axes {
  readonly x: number;
  readonly y: number;
}

/**
 * How many workgroups along x and y make up so many. Those past the last one find out by their number.
 * @throws {RangeError} where two axes do not hold them
 */
export function workgroups(count: number, most: Axes): readonly [x: number, y: number] {
  const y = Math.max(1, Math.ceil(count / most.x));
  if (y > most.y) throw new RangeError(`${count} workgroups are more than the ${most.x} × ${most.y} of a dispatch`);
  return [Math.ceil(count / y), y];
}
