import type { Shape } from "../../../spec/index.ts";
import type { KernelName } from "../kernels.ts";
import type { UniformValue } from "./layout.ts";
import type { Aliases, Constants } from "./pipelines.ts";
import type { Session } from "./session.ts";
import type { Area, DeviceFormat, StoredTensor } from "./tensor.ts";

/** One kernel with all it is given, by the names it has for it. */
export interface Step {
  readonly kernel: KernelName;
  readonly buffers: Readonly<Record<string, Area>>;
  readonly uniforms: Readonly<Record<string, UniformValue>>;
  readonly constants?: Constants;
  readonly aliases?: Aliases;
  /** Invocations of a workgroup; 64 unless given. */
  readonly size?: number;
  /** How many workgroups; as many as make up the invocations, where these are given instead. */
  readonly workgroups?: number;
  readonly invocations?: number;
}

/** What a call will do on the device: the kernels it runs, in order, and the room it needs. */
export class Recording {
  readonly session: Session;
  /** The format of the call's tensors. */
  readonly format: DeviceFormat;
  readonly steps: Step[] = [];
  /** What only the call itself needs. */
  readonly scratch: Area[] = [];

  constructor(session: Session, format: DeviceFormat) {
    this.session = session;
    this.format = format;
  }

  /** Room for a result of the call's format. */
  output(shape: Shape): StoredTensor {
    return this.session.tensor(this.format, shape);
  }

  /** Room for so many words of 4 bytes until the call is done. */
  words(count: number): Area {
    const area = this.session.area(4 * Math.max(1, count));
    this.scratch.push(area);
    return area;
  }

  /** Numbers that a kernel needs beside its tensors. */
  table(numbers: Float32Array): Area {
    const area = this.words(numbers.length);
    this.session.write(area, numbers);
    return area;
  }

  /** Adds a kernel, where there is anything for it to do. */
  run(step: Step): void {
    if ((step.workgroups ?? step.invocations) !== 0) this.steps.push(step);
  }
}
