import type { AttributesOf, Shape, Tensor } from "../../spec/index.ts";
import { sum } from "../arithmetic.ts";
import { exact } from "../arithmetics/exact.ts";
import { circularConvolve } from "../circular-convolve.ts";
import { embed, has, indices, offsetOf } from "../tensor.ts";
import { applied, image, inCorner, integers, kernelLayer, line, numbers, rearranged, values } from "./calls.ts";
import { all, type Claim, equal, notAll, range } from "./claim.ts";

type Attributes = Partial<AttributesOf<"correlate">>;
type KernelOperator = "correlate" | "convolve";

/** A layer of one channel with its kernel: what the claims shift, turn and enlarge the input of. */
interface Layer {
  readonly operator: KernelOperator;
  readonly K: Tensor;
  readonly attributes?: Attributes;
}

const run = ({ operator, K, attributes }: Layer, V: Tensor): Tensor => {
  const Z = kernelLayer(exact, operator, embed(exact, "V", V), K, attributes);
  return { dtype: "f64", shape: Z.shape, data: Float64Array.from(values(Z)) };
};

/** The image moved towards higher indices; what comes in is zero, what leaves is lost. */
const shifted = (V: Tensor, by: readonly number[]): Tensor =>
  rearranged(V, V.shape, ([n, c, ...x]) => {
    const from = [n, c, ...x.map((at, axis) => at - by[axis])];
    return has(V.shape, from) ? from : undefined;
  });

const same = (a: Tensor, b: Tensor): boolean =>
  String(a.shape) === String(b.shape) && String(numbers(a)) === String(numbers(b));

/** Where f(g(V)) is g(f(V)): for each output that g(f(V)) has, whether it is the same, and whether its windows stay inside. */
function commutes(layer: Layer, V: Tensor, by: readonly number[], outputsBy: readonly number[] = by) {
  const moved = run(layer, shifted(V, by));
  const still = run(layer, V);
  const { shape } = still;
  const outputs = Array.from(indices(...shape)).filter(([n, c, ...p]) =>
    has(shape, [n, c, ...p.map((at, axis) => at - outputsBy[axis])]),
  );
  return outputs.map((index) => {
    const [n, c, ...p] = index;
    const before = [n, c, ...p.map((at, axis) => at - outputsBy[axis])];
    const value = (tensor: Tensor, at: readonly number[]) => numbers(tensor)[offsetOf(shape, at)];
    return { before, after: index, holds: value(moved, index) === value(still, before) };
  });
}

/** Layers of both operators, over one to three axes. */
const layers = (["correlate", "convolve"] as const).flatMap((operator) =>
  [[7], [6, 8], [4, 5, 6]].map((X) => ({
    operator,
    X,
    K: integers(`equi/${operator}/${X}`, [1, 1, ...X.map((_, axis) => [3, 2, 4][axis])]),
  })),
);

/** Shifts by 1, 2, … cells on the axes. */
const steps = (X: Shape): number[] => X.map((_, axis) => [1, 2, 1][axis]);

const translation: readonly Claim[] = [
  {
    id: "equi/shift",
    clause: "EQUI-1",
    title:
      "without padding every output that both have is the same: convolution and cross-correlation over 1, 2 and 3 axes",
    holds: () =>
      all(
        layers.flatMap(({ X, ...layer }) =>
          // Outputs whose window reads a cell that came in by the shift have no counterpart.
          commutes(layer, integers(`equi/input/${X}`, [1, 1, ...X]), steps(X)).map(({ holds }) => holds),
        ),
        "outputs",
      ),
  },
  {
    id: "equi/later-event",
    clause: "EQUI-1",
    title:
      "an event in a signal that comes three steps later appears in the output three steps later, and else unchanged",
    holds: () => {
      const event = (at: number) => line(...range(0, 13).map((t) => [2, -5, 3][t - at] ?? 0));
      const layer: Layer = { operator: "correlate", K: line(1, 4, -2) };
      return equal(numbers(shifted(run(layer, event(4)), [3])), numbers(run(layer, event(7))));
    },
  },
  {
    id: "equi/not-invariance",
    clause: "EQUI-1",
    title: "the output is not the same, but shifted: f(g(I)) and f(I) differ",
    holds: () => notAll([isInvariant()], "outputs are invariant"),
  },
];

/** EQUI-1: whether a shift of the input leaves the output as it is. */
export const isInvariant = (): boolean => {
  const V = inCorner(integers("equi/patch", [1, 1, 2, 2]), [1, 1, 6, 6]);
  const layer: Layer = { operator: "correlate", K: integers("equi/detector", [1, 1, 2, 2]) };
  return same(run(layer, shifted(V, [1, 2])), run(layer, V));
};

/** EQUI-2: of the outputs of a layer padded to the same extent, which are equivariant, and whether each stays away from the border. */
export function paddedOutputs(): { readonly holds: boolean; readonly inside: boolean }[] {
  const V = integers("equi/padded", [1, 1, 6, 7]);
  const layer: Layer = {
    operator: "correlate",
    K: integers("equi/padded-kernel", [1, 1, 3, 3]),
    attributes: { padding: "same" },
  };
  const within = (index: readonly number[], first: readonly number[]) =>
    index.slice(2).every((at, axis) => at >= first[axis] && at < V.shape[axis + 2] - 1);
  const by = [1, 2];
  return commutes(layer, V, by).map(({ before, after, holds }) => ({
    holds,
    // A window of 3 stays inside one cell away from the border; after the shift also away from what came in.
    inside: within(before, [1, 1]) && within(after, [1 + by[0], 1 + by[1]]),
  }));
}

const border: readonly Claim[] = [
  {
    id: "equi/away-from-the-border",
    clause: "EQUI-2",
    title: "padded to the same extent: every output whose window stays inside, before and after, is the same",
    holds: () =>
      all(
        paddedOutputs().flatMap(({ holds, inside }) => (inside ? [holds] : [])),
        "outputs inside",
      ),
  },
  {
    id: "equi/not-at-the-border",
    clause: "EQUI-2",
    title: "the others are not",
    holds: () =>
      notAll(
        paddedOutputs().flatMap(({ holds, inside }) => (inside ? [] : [holds])),
        "outputs at the border are the same",
      ),
  },
  {
    id: "equi/constant-image",
    clause: "EQUI-2",
    title: "a constant image under a kernel of 3 × 3 ones, padded: the first row",
    holds: () => {
      const ones = (n: number) => image(Array.from({ length: n }, () => Array<number>(n).fill(1)));
      return equal([4, 6, 6, 6, 4], applied("correlate", ones(5), ones(3), { padding: "same" }).slice(0, 5));
    },
  },
  {
    id: "equi/torus-has-no-border",
    clause: "EQUI-2",
    title: "where indices wrap every output is the same, under every shift of 4 × 5",
    holds: () => {
      const [I, K] = [integers("equi/torus", [4, 5]), integers("equi/torus-kernel", [4, 5])];
      const around = (V: Tensor, by: readonly number[]) =>
        rearranged(V, V.shape, (index) => index.map((at, axis) => (at - by[axis] + V.shape[axis]) % V.shape[axis]));
      const f = (V: Tensor): Tensor => ({
        ...V,
        data: Float64Array.from(values(circularConvolve(exact, embed(exact, "I", V), embed(exact, "K", K)))),
      });
      return all(
        Array.from(indices(4, 5), (by) => same(f(around(I, by)), around(f(I), by))),
        "shifts",
      );
    },
  },
];

/** EQUI-3: a layer of stride 2, its input shifted: by how many cells its output is shifted, if it is. */
export function stridedShift(by: number): number | undefined {
  const V = inCorner(integers("equi/strided", [1, 1, 4]), [1, 1, 16]);
  const layer: Layer = {
    operator: "correlate",
    K: integers("equi/strided-kernel", [1, 1, 3]),
    attributes: { stride: [2] },
  };
  // Zeros before the data, so that nothing is cut off where it begins.
  const still = shifted(V, [4]);
  const [before, after] = [run(layer, still), run(layer, shifted(still, [by]))];
  return range(0, 5).find((t) => same(shifted(before, [t]), after));
}

const strided: readonly Claim[] = [
  {
    id: "equi/whole-strides",
    clause: "EQUI-3",
    title: "at stride 2 shifts of the input by 0, 2 and 4 cells shift the output by",
    holds: () =>
      equal(
        [0, 1, 2],
        [0, 2, 4].map((by) => stridedShift(by) ?? "none"),
      ),
  },
  {
    id: "equi/parts-of-a-stride",
    clause: "EQUI-3",
    title: "at stride 2 a shift of the input by 1 or 3 cells is no shift of the output",
    holds: () =>
      equal(
        ["none", "none"],
        [1, 3].map((by) => stridedShift(by) ?? "none"),
      ),
  },
];

/** An image [1, 1, H, W] turned by 90°, counter-clockwise. */
const turned = (V: Tensor): Tensor => {
  const [N, C, H, W] = V.shape;
  return rearranged(V, [N, C, W, H], ([n, c, i, j]) => [n, c, j, W - 1 - i]);
};

/** Each cell as f × f of it. */
const enlarged = (V: Tensor, f: number): Tensor => {
  const [N, C, H, W] = V.shape;
  return rearranged(V, [N, C, H * f, W * f], ([n, c, i, j]) => [n, c, Math.floor(i / f), Math.floor(j / f)]);
};

/** A difference with the left neighbour that keeps the extents, and a picture with one vertical edge. */
const leftNeighbour = image([
  [0, 0, 0],
  [-1, 1, 0],
  [0, 0, 0],
]);
const picture = image(range(0, 7).map(() => range(0, 7).map((j) => (j < 4 ? 0 : 5))));

/** How many cells of the middle row are not zero. */
const widthOfEdge = (Z: Tensor): number => {
  const [, , H, W] = Z.shape;
  const row = Math.floor(H / 2);
  return numbers(Z)
    .slice(row * W, (row + 1) * W)
    .filter((value) => value !== 0).length;
};

const detect = (K: Tensor) => (V: Tensor) => run({ operator: "correlate", K, attributes: { padding: "same" } }, V);

const otherChanges: readonly Claim[] = [
  {
    id: "equi/not-rotation",
    clause: "EQUI-4",
    title: "the left-neighbour difference of a turned picture is not the turned difference",
    holds: () => {
      const f = detect(leftNeighbour);
      return notAll([same(f(turned(picture)), turned(f(picture)))], "outputs are the same");
    },
  },
  {
    id: "equi/rotation-with-the-kernel",
    clause: "EQUI-4",
    title: "it is, if the kernel is turned too: for kernels of 1 × 3, 3 × 3 and 5 × 3, by 90° one to four times",
    holds: () => {
      const V = integers("equi/turned", [1, 1, 6, 7]);
      const kernels = [
        [1, 3],
        [3, 3],
        [5, 3],
      ].map((R) => integers(`equi/turned/${R}`, [1, 1, ...R]));
      const times = (count: number, A: Tensor): Tensor => (count === 0 ? A : times(count - 1, turned(A)));
      return all(
        kernels.flatMap((K) => range(1, 4).map((n) => same(detect(times(n, K))(times(n, V)), times(n, detect(K)(V))))),
        "turns",
      );
    },
  },
  {
    id: "equi/not-scale",
    clause: "EQUI-4",
    title: "an edge one cell wide in the output is one cell wide after the picture is enlarged twofold, not two",
    holds: () => {
      const f = detect(leftNeighbour);
      return equal([1, 1, 2], [f(picture), f(enlarged(picture, 2)), enlarged(f(picture), 2)].map(widthOfEdge));
    },
  },
];

/** A patch in an empty scene, and a detector whose kernel is the patch. */
const patch = integers("equi/waldo", [1, 1, 2, 3]);
const scene = (by: readonly number[]): Tensor => shifted(inCorner(patch, [1, 1, 6, 8]), by);
const places = Array.from(indices(5, 6));

/** The score of every window of a scene. */
const scores = (by: readonly number[]): number[] => applied("correlate", scene(by), patch);

const detector: readonly Claim[] = [
  {
    id: "equi/same-score-everywhere",
    clause: "EQUI-5",
    title: "a patch has the same score at each of the 30 places of a scene",
    holds: () => {
      const own = numbers(patch).reduce((total, value) => total + value * value, 0);
      return all(
        places.map((place, at) => scores(place)[at] === own),
        "places",
      );
    },
  },
  {
    id: "equi/highest-where-the-patch-is",
    clause: "EQUI-5",
    title: "and the highest score of the scene lies where the patch does",
    holds: () =>
      all(
        places.map((place, at) => {
          const found = scores(place);
          return found.every((score, other) => other === at || score < found[at]);
        }),
        "places",
      ),
  },
  {
    id: "equi/each-place-apart",
    clause: "EQUI-5",
    title: "weights for each place that have learned the patch at one place find it there alone: places of 30",
    holds: () => {
      const learnedAt = 7;
      const weightsAt = (at: number) => numbers(patch).map((weight) => (at === learnedAt ? weight : 0));
      const found = places.filter((place, at) => {
        const V = embed(exact, "V", scene(place));
        const terms = Array.from(indices(2, 3), ([m, n], k) =>
          exact.multiply(
            V.at(0, 0, place[0] + m, place[1] + n),
            exact.embed(weightsAt(at)[k], { tensor: "W", offset: 0 }),
          ),
        );
        return exact.compare(sum(exact, terms), exact.zero) > 0;
      });
      return equal(1, found.length);
    },
  },
];

/** EQUI: what a shift of the input does to the output, and what other changes do not. */
export const equiClaims: readonly Claim[] = [...translation, ...border, ...strided, ...otherChanges, ...detector];
