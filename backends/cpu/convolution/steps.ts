/** The products of a sum in the order they are added, as places of input element and weight relative to two pointers. */
export type Steps = Unrolled | Repeated | Sequence;

/** Steps that are written out one after the other. */
export interface Unrolled {
  readonly kind: "unrolled";
  /** Of each step: where the input element stands (≥ 0) and where the weight stands (≥ 0), in elements. */
  readonly places: readonly (readonly [number, number])[];
}

/** Steps that are made `count` times; each time both pointers move on. */
export interface Repeated {
  readonly kind: "repeated";
  readonly count: number;
  readonly input: number;
  readonly weight: number;
  readonly body: Steps;
  /** Whether the pointers stand afterwards where they stood before. */
  readonly rewind: boolean;
}

export interface Sequence {
  readonly kind: "sequence";
  readonly parts: readonly Steps[];
}
