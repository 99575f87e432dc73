import { type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import { exact } from "../arithmetics/exact.ts";
import { centred, modular, power, primeWithRoots, rootOfOne } from "../arithmetics/modular.ts";
import { counted, counting } from "../arithmetics/tally.ts";
import { circularConvolve } from "../circular-convolve.ts";
import { fastFourier, fourier, inverseFourier, type Roots } from "../fourier.ts";
import { elements, embed, type TensorOf, tensor } from "../tensor.ts";
import { applied, inCorner, integers, kernelLayer, rot180, single, stored, values } from "./calls.ts";
import { all, type Claim, equal, lettersOf, range } from "./claim.ts";

/** Sums of products of the integers drawn here are smaller than half of this in magnitude. */
const beyond = 1e6;

/** The residues modulo a prime that has roots of one of the order of every extent, and those roots. */
function residues(shape: Shape) {
  const p = primeWithRoots(sizeOf(shape), beyond);
  const roots = shape.map((extent) => rootOfOne(extent, p));
  const ω: Roots<bigint> = (axis, k) => power(roots[axis], BigInt(k), p);
  const integersOf = (tensor: TensorOf<bigint>) => elements(tensor).map((a) => centred(a, p));
  return { x: modular(p), ω, integersOf };
}

/** I and K, one shape, through the transform: each turned, multiplied element by element, turned back. */
function throughFourier(I: Tensor, K: Tensor): number[] {
  const { x, ω, integersOf } = residues(I.shape);
  const [F, G] = [I, K].map((signal) => fourier(x, embed(x, "I", signal), ω));
  const product = tensor(I.shape, (k) => x.multiply(F.at(...k), G.at(...k)));
  return integersOf(inverseFourier(x, product, ω));
}

const wrapped = (I: Tensor, K: Tensor): number[] =>
  values(circularConvolve(exact, embed(exact, "I", I), embed(exact, "K", K)));

/** A linear convolution of [X] with [R], its full output. */
const linear = (I: Tensor, K: Tensor): number[] => applied("convolve", single(I), single(K), { padding: "full" });

const fullExtents = (I: Tensor, K: Tensor): number[] => I.shape.map((extent, axis) => extent + K.shape[axis] - 1);

/** Whether the transform with zeros up to extents P gives the linear convolution, zeros behind it. */
function isLinearAt(I: Tensor, K: Tensor, P: Shape): boolean {
  const full = fullExtents(I, K);
  const places = P.map((extent, axis) => Math.max(extent, full[axis]));
  const expected = values(embed(exact, "Z", inCorner(stored(full, linear(I, K)), places)));
  return String(P) === String(places) && String(throughFourier(inCorner(I, P), inCorner(K, P))) === String(expected);
}

const equivalence: readonly Claim[] = [
  {
    id: "fourier/transform-is-circular",
    clause: "FAST-1",
    title: "transform, product, transform back is circular convolution, exactly: over 7, 4 × 6 and 2 × 3 × 4 cells",
    holds: () =>
      all(
        [[7], [4, 6], [2, 3, 4]].map((shape) => {
          const [I, K] = ["I", "K"].map((name) => integers(`fourier/${name}/${shape}`, shape));
          return String(throughFourier(I, K)) === String(wrapped(I, K));
        }),
        "signals",
      ),
  },
  {
    id: "fourier/padding-makes-it-linear",
    clause: "FAST-1",
    title: "of N = 6 and R = 3 it is linear convolution at the transform lengths",
    holds: () => {
      const [I, K] = [integers("fourier/line", [6]), integers("fourier/kernel", [3])];
      return equal(
        [8, 9, 10],
        range(6, 10).filter((P) => isLinearAt(I, K, [P])),
      );
    },
  },
  {
    id: "fourier/linear-in-the-plane",
    clause: "FAST-1",
    title: "of 3 × 5 under 2 × 3 it is linear convolution at 4 × 7, and not where one axis is shorter",
    holds: () => {
      const [I, K] = [integers("fourier/plane", [3, 5]), integers("fourier/plane-kernel", [2, 3])];
      return equal(
        [true, false, false],
        [
          [4, 7],
          [3, 7],
          [4, 6],
        ].map((P) => isLinearAt(I, K, P)),
      );
    },
  },
  {
    id: "fourier/correlation-turns-the-kernel",
    clause: "FAST-1",
    title: "with the kernel turned by 180° the same way gives cross-correlation",
    holds: () => {
      const [I, K] = [integers("fourier/turned", [1, 1, 6]), integers("fourier/turned-kernel", [1, 1, 3])];
      const turned = rot180(K);
      const through = throughFourier(inCorner({ ...I, shape: [6] }, [8]), inCorner({ ...turned, shape: [3] }, [8]));
      return equal(applied("correlate", I, K, { padding: "full" }), through);
    },
  },
];

/** Multiplications of the literal convolution of N with R values, and of the way through transforms of 2^q. */
function transformCosts(N: number, R: number): readonly [direct: number, transform: number, equal: boolean] {
  const q = Math.ceil(Math.log2(N + R - 1));
  const P = 2 ** q;
  const [I, K] = [integers(`fourier/${N}/${R}/I`, [N]), integers(`fourier/${N}/${R}/K`, [R])];
  const p = primeWithRoots(P, beyond);
  const { x, tally } = counted(modular(p));
  const root = rootOfOne(P, p);
  const ω = (k: number) => power(root, BigInt(k % P), p);
  const [F, G] = [I, K].map((signal) => fastFourier(x, elements(embed(x, "I", inCorner(signal, [P]))), ω));
  const product = F.map((value, k) => x.multiply(value, G[k]));
  const back = fastFourier(x, product, (k) => ω((P - (k % P)) % P)).map((value) => x.scale(value, 1, P));
  const plain = counting();
  elements(kernelLayer(plain.x, "convolve", embed(plain.x, "V", single(I)), single(K), { padding: "full" }));
  const found = back.slice(0, N + R - 1).map((a) => centred(a, p));
  return [plain.tally.multiplications, tally.multiplications, String(found) === String(linear(I, K))];
}

const transformCost = (N: number, R: number): readonly [direct: number, transform: number] => {
  const q = Math.ceil(Math.log2(N + R - 1));
  const { A, B } = lettersOf("FAST-4", { N, R, P: 2 ** q, q });
  return [A, B];
};

const fastTransform: readonly Claim[] = [
  {
    id: "fourier/long-kernels-gain",
    clause: "FAST-4",
    title: "64 values and a kernel of 64: multiplications of the sum, and of transforms of length 128",
    holds: () => {
      const [one, other, right] = transformCosts(64, 64);
      return equal([...transformCost(64, 64), true], [one, other, right]);
    },
  },
  {
    id: "fourier/short-kernels-lose",
    clause: "FAST-4",
    title: "64 values and a kernel of 3: multiplications of the sum, and of transforms of length 128",
    holds: () => {
      const [one, other, right] = transformCosts(64, 3);
      return equal([...transformCost(64, 3), true], [one, other, right]);
    },
  },
];

/** FAST-1: whether transforms of the input's own length, which wrap, give the linear convolution. */
export const unpaddedIsLinear = (): boolean =>
  isLinearAt(integers("fourier/line", [6]), integers("fourier/kernel", [3]), [6]);

/** FAST-1: whether transforms of length N + R − 1 do. */
export const paddedIsLinear = (): boolean =>
  isLinearAt(integers("fourier/line", [6]), integers("fourier/kernel", [3]), [8]);

/** FAST-1 and FAST-4: convolution through the Fourier transform, exactly, and what it costs. */
export const fourierClaims: readonly Claim[] = [...equivalence, ...fastTransform];
