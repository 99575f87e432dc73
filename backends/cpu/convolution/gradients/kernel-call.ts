import type { Slide } from "../../plain/volume.ts";
import { product } from "../geometry.ts";

/** A call of a kernel gradient, all that its kernels are specialised to but the batch. */
export interface KernelCall {
  readonly window: Slide;
  readonly groups: number;
  /** Channels of the input, and of the output, in one group. */
  readonly C: number;
  readonly O: number;
  /** Whether the forward call is a convolution: element k of the kernel has met tap R − 1 − k of the window. */
  readonly flipped: boolean;
}

/** Weights of one output channel: the columns of the gradient of a group. */
export const lanesOf = ({ C, window }: KernelCall): number => C * product(window.R);
/** Elements of the gradient. */
export const kernelElements = (call: KernelCall): number => call.groups * call.O * lanesOf(call);
