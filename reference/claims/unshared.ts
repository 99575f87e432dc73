import { clauseById, defaultWindow, formulasOf, type Tensor } from "../../spec/index.ts";
import { exact } from "../arithmetics/exact.ts";
import { type Support, support } from "../arithmetics/support.ts";
import { correlate } from "../correlate.ts";
import { dense } from "../dense.ts";
import { evaluateOn } from "../formula/index.ts";
import { locallyConnected } from "../locally-connected.ts";
import { elements, embed } from "../tensor.ts";
import { tiled } from "../tiled.ts";
import { integers, line, values } from "./calls.ts";
import { type Claim, equal, notAll } from "./claim.ts";

/** Five units that see two each, the last of which reaches beyond the end: the geometry of figures 9.14 and 9.16. */
const window = { ...defaultWindow(1), padding: [[0, 1]] } as const;
const units = line(1, 2, 3, 4, 5);

const weights = (...shape: number[]) => embed(support, "W", integers("unshared/W", shape));
const V = embed(support, "V", units);
const row = embed(support, "V", { ...units, shape: [1, 5] });

/** What each of the five units of a layer depends on, by the layer. */
const layers = {
  "locally connected": elements(locallyConnected(support, { V, W: weights(1, 5, 1, 2) }, window).Z),
  tiled: elements(tiled(support, { V, K: weights(1, 1, 2, 2) }, window).Z),
  convolutional: elements(correlate(support, { V, K: weights(1, 1, 2) }, { ...window, groups: 1 }).Z),
  dense: elements(dense(support, { x: row, W: weights(5, 5) }).Z),
};

/** The places of one tensor that each unit depends on. */
const places = (tensor: string, layer: readonly Support[]): number[][] =>
  layer.map((unit) => [...(unit.get(tensor) ?? [])].sort((a, b) => a - b));

/** How many weights a layer has that some unit uses. */
const stored = (layer: readonly Support[]): number => new Set(places("W", layer).flat()).size;

/** TILED-2 with j in place of j − 1: counting from 1, and beginning with the second kernel. */
const oneFurther = (text: string): string => text.replace("(j-1)%t1+1", "j%t1+1");

/** LOCAL-3, TILED-2 and TILED-3: what the layers connect, what they store, and which kernel comes first. */
export const unsharedClaims: readonly Claim[] = [
  {
    id: "unshared/same-connections",
    clause: "LOCAL-3",
    title: "five units with windows of two: locally connected, tiled and convolutional layers connect the same units",
    holds: () => {
      const [local, ...others] = [layers["locally connected"], layers.tiled, layers.convolutional];
      const expected = places("V", local);
      return equal(
        [expected, expected, [[0, 1], [1, 2], [2, 3], [3, 4], [4]]],
        [...others.map((layer) => places("V", layer)), expected],
      );
    },
  },
  {
    id: "unshared/dense-connections",
    clause: "LOCAL-3",
    title: "five units of a dense layer depend on all five inputs",
    holds: () => equal(Array<number[]>(5).fill([0, 1, 2, 3, 4]), places("V", layers.dense)),
  },
  {
    id: "unshared/weights-stored",
    clause: "LOCAL-3",
    title: "weights in use: locally connected 9, tiled with t = 2 4, convolutional 2, dense 25",
    holds: () => equal([9, 4, 2, 25], Object.values(layers).map(stored)),
  },
  {
    id: "unshared/every-other-unit",
    clause: "TILED-3",
    title: "with t = 2 the first, third and fifth unit share their weights, and so do the second and the fourth",
    holds: () => equal([[0, 2], [1, 3], [0, 2], [1, 3], [0]], places("W", layers.tiled)),
  },
  {
    id: "unshared/first-kernel-first",
    clause: "TILED-2",
    title: "written j % t + 1, counting from 1, the first unit uses the second kernel, and the results are others",
    holds: () => {
      const K: Tensor = integers("unshared/K", [1, 1, 2, 3]);
      const [{ text }] = formulasOf(clauseById("TILED-2"));
      const letters = { t1: 3 };
      // Within the input: four units, no padding.
      const valid = tiled(exact, { V: embed(exact, "V", units), K: embed(exact, "K", K) }, defaultWindow(1));
      const tensors = { V: { ...units, shape: [1, 5] }, K: { ...K, shape: [1, 1, 2, 3] } };
      const found = evaluateOn(oneFurther(text), tensors, [1, 4], letters).map(({ n }) => Number(n));
      return notAll(
        values(valid.Z).map((value, at) => value === found[at]),
        "units",
      );
    },
  },
];
