import type fc from "fast-check";
import type { DType } from "../../spec/index.ts";
import type { Values } from "./tensor.ts";
import type { DrawnWindow, WindowLimits } from "./window.ts";

/** What a drawn call may be like. */
export interface CallLimits extends WindowLimits {
  readonly dtype?: DType;
  readonly values?: Values;
  /** The window, where it is not to be any. */
  readonly window?: fc.Arbitrary<DrawnWindow>;
}
