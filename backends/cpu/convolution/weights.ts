/**
 * The weights of a call. They may be made from a kernel that lies in another order, and then only where they are
 * needed: what is kept from the call before may do.
 */
export interface Weights {
  /** Where the kernel lies that they are made from. It has as many elements as they. */
  readonly source: number;
  /** How they are made from it: two calls with this form and equal kernels have equal weights. */
  readonly form: string;
  /** Where they lie, [groups · O, C, …R], once they are made. */
  address(): number;
}

/** Weights that are the kernel itself. */
export const asTheyLie = (K: number): Weights => ({ source: K, form: "", address: () => K });
