import type { Rank, Tensor } from "@tensorflow/tfjs";
import { type Tensor as Stored, UnsupportedError } from "../../spec/index.ts";
import { tf } from "./engine.ts";

const axesFrom = (first: number, rank: number): number[] => Array.from({ length: rank - first }, (_, i) => first + i);

/** A stored tensor, as it is, in the engine. */
export function tensor({ dtype, shape, data }: Stored): Tensor<Rank> {
  if (dtype !== "f32") throw new UnsupportedError(`tfjs has no number format ${dtype}`);
  return tf.tensor(data as Float32Array, [...shape], "float32");
}

/** V [N, C, …X] as the engine has it: [N, …X, C]. */
export const channelsLast = (V: Stored): Tensor<Rank> =>
  tf.transpose(tensor(V), [0, ...axesFrom(2, V.shape.length), 1]);

/** K [O, C, …R] as the engine has it: […R, C, O]. */
export const kernelLast = (K: Stored): Tensor<Rank> => tf.transpose(tensor(K), [...axesFrom(2, K.shape.length), 1, 0]);

/** K [C·M, 1, R, S] of C groups as the engine has it: [R, S, C, M]. The engine refuses any other shape. */
export const depthwiseKernel = (K: Stored, C: number): Tensor<Rank> => {
  const [, channels, ...R] = K.shape;
  return tf.transpose(tf.squeeze(tf.reshape(tensor(K), [C, -1, channels, ...R]), [2]), [2, 3, 0, 1]);
};

/** The engine's [N, …P, O] as Z [N, O, …P], once all else that the computation made is freed. */
export function computed(compute: () => Tensor<Rank>): Stored {
  const Z = tf.tidy(() => {
    const last = compute();
    return tf.transpose(last, [0, last.rank - 1, ...axesFrom(1, last.rank - 1)]);
  });
  const data = Z.dataSync<"float32">();
  Z.dispose();
  return { dtype: "f32", shape: Z.shape, data };
}

/** A shape with a first spatial axis of extent 1 put in: what is over one axis, over two. */
export const lift = (stored: Stored): Stored => {
  const [first, second, ...spatial] = stored.shape;
  return { ...stored, shape: [first, second, 1, ...spatial] };
};

/** The reverse of lift. */
export const lower = (stored: Stored): Stored => ({ ...stored, shape: stored.shape.filter((_, axis) => axis !== 2) });
