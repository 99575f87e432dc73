import fc from "fast-check";

/** Samples, groups and channels: one of each often, none only as an empty batch. */
export const channels = fc.record({
  N: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 0, max: 3 })),
  groups: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 2, max: 3 })),
  perGroup: fc.integer({ min: 1, max: 5 }),
  kernels: fc.integer({ min: 1, max: 3 }),
  bias: fc.boolean(),
});
