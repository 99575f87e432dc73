import { sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { StoredTensor } from "../device/tensor.ts";
import type { Plan } from "./plan.ts";

const relu: Plan<"relu"> = (on, { inputs: { V }, outputs: { Z } }) => {
  const size = sizeOf(Z.shape);
  on.run({ kernel: "relu", buffers: { V, Z }, uniforms: { size }, invocations: size });
};

const reluGradient: Plan<"relu-gradient"> = (on, { inputs: { V, G }, outputs: { dV } }) => {
  const size = sizeOf(dV.shape);
  on.run({ kernel: "relu-gradient", buffers: { V, G, dV }, uniforms: { size }, invocations: size });
};

const add: Plan<"add"> = (on, { inputs: { a, b }, outputs: { Z } }) => {
  const size = sizeOf(Z.shape);
  on.run({ kernel: "add", buffers: { a, b, Z }, uniforms: { size }, invocations: size });
};

const update: Plan<"update"> = (on, { inputs: { w, g }, attributes: { rate }, outputs: { w: stepped } }) => {
  const size = sizeOf(stepped.shape);
  on.run({ kernel: "update", buffers: { w, g, stepped }, uniforms: { size, rate }, invocations: size });
};

/** Columns of a matrix: its rows are of some length, and these begin at a column. */
interface Columns {
  readonly of: StoredTensor;
  readonly length: number;
  readonly column: number;
}

const copyRows = (on: Recording, rows: number, width: number, from: Columns, to: Columns): void =>
  on.run({
    kernel: "copy-rows",
    buffers: { source: from.of, into: to.of },
    uniforms: {
      rows,
      width,
      fromLength: from.length,
      fromColumn: from.column,
      toLength: to.length,
      toColumn: to.column,
    },
    invocations: rows * width,
  });

/** NET-2: the samples of each tensor are rows; they are put side by side. */
const concatenate: Plan<"concatenate"> = (on, { inputs: { a, b, c, d }, outputs: { Z } }) => {
  const length = sizeOf(Z.shape.slice(1));
  let column = 0;
  for (const part of [a, b, c, d]) {
    if (part === undefined) continue;
    const width = sizeOf(part.shape.slice(1));
    copyRows(on, Z.shape[0], width, { of: part, length: width, column: 0 }, { of: Z, length, column });
    column += width;
  }
};

/** GRAD-51: of each sample the channels that came from one branch. */
const concatenateGradient: Plan<"concatenate-gradient"> = (
  on,
  { inputs: { G }, attributes: { channels, part }, outputs: { dV } },
) => {
  const plane = sizeOf(G.shape.slice(2));
  const before = channels.slice(0, part).reduce((total, count) => total + count, 0);
  const width = channels[part] * plane;
  const from = { of: G, length: G.shape[1] * plane, column: before * plane };
  copyRows(on, G.shape[0], width, from, { of: dV, length: width, column: 0 });
};

export const elementwisePlans = {
  relu,
  "relu-gradient": reluGradient,
  add,
  update,
  concatenate,
  "concatenate-gradient": concatenateGradient,
};
