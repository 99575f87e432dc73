import type { AttributesOf, InputsOf, OperatorName, OutputsOf } from "./operators/index.ts";
import type { DType } from "./tensor.ts";

/**
 * How an operator is computed, which decides the error it is allowed (see the spec's page on verdicts).
 * direct: sums of products, in any order. transform: through another basis, such as Fourier or Winograd.
 */
export type Algorithm = "direct" | "transform";

/** What a backend declares of one operator, and is held to. */
export interface Declaration {
  readonly algorithm: Algorithm;
  /** The format in which products are summed; the format of the inputs unless declared. */
  readonly accumulation?: DType;
  /** Whether subnormal inputs, products or results may be taken as zero. */
  readonly flushesSubnormals?: boolean;
  /** Whether the same call gives the same bits every time; true unless declared otherwise. */
  readonly deterministic?: boolean;
  /** Whether the bits are the same on any number of threads; held to it where declared. */
  readonly threadInvariant?: boolean;
  /** Where a clause permits several results: the one chosen, by the name of the choice. */
  readonly choices?: Readonly<Record<string, string>>;
}

/**
 * One operator of a backend. Inputs are row-major; neither they nor the attributes, which are complete, may be written
 * to. Outputs are those of the signature and no others, new tensors that share no memory with an input or with the
 * results of other calls, and the caller's to write to.
 * It throws for a call that violates a constraint, and an `UnsupportedError` for a valid call that it
 * does not implement.
 */
export type Implementation<N extends OperatorName> = (
  inputs: InputsOf<N>,
  attributes: AttributesOf<N>,
) => OutputsOf<N> | Promise<OutputsOf<N>>;

/** What the suite is run against. An operator that is not there is reported as unsupported. */
export interface Backend {
  readonly name: string;
  readonly version?: string;
  /** What it runs on, in one line: a device and its driver, a number of threads, an instruction set. */
  readonly description?: string;
  /** The number formats it takes; only f32 unless declared. */
  readonly dtypes?: readonly DType[];
  /** What holds for every operator that is not declared apart; direct unless declared. */
  readonly declares?: Partial<Declaration> & {
    readonly operators?: { readonly [N in OperatorName]?: Partial<Declaration> };
  };
  readonly operators: { readonly [N in OperatorName]?: Implementation<N> };
  /** The same backend on another number of threads; absent where there is no choice of them. */
  withThreads?(count: number): Backend | Promise<Backend>;
  /** Frees what the backend holds. Called once, after the last check. */
  close?(): void | Promise<void>;
}

/** The declaration of one operator, with what was left out at its default. */
export const declarationOf = (backend: Backend, name: OperatorName): Declaration => {
  const { operators, ...common } = backend.declares ?? {};
  return { algorithm: "direct", ...common, ...operators?.[name] };
};
