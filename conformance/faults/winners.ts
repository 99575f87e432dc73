import { decode, encode, offsetOf } from "../../reference/index.ts";
import { type Change, type Fault, fault } from "./fault.ts";
import { type WindowAt, winnerOf } from "./kernels/windows.ts";
import { reduced } from "./pool.ts";

/** The place of a winner, by a rule of one's own. */
const won = (place: (at: WindowAt, winner: number) => number): Change<"max-pool-winners"> =>
  reduced((at) => (at.inside.length === 0 ? -1 : place(at, winnerOf(at.inside))));

/** Faults in which element of a window is named as its largest. */
export const winnerFaults: readonly Fault[] = [
  fault("max-pool-winners", "place-in-window", {
    title: "the place is that in the window, not in the plane",
    smallest: "[1, 2, 3], window 2",
    caughtBy: "max-pool-winners/exact/window-1d",
    change: (run, inputs, a) => won(({ elements }, winner) => offsetOf(a.window, elements[winner].k))(run, inputs, a),
  }),
  fault("max-pool-winners", "place-in-sample", {
    title: "the place is counted over all channels of the sample",
    smallest: "C2",
    caughtBy: "max-pool-winners/exact/window-1d",
    change: won(({ elements, X, c }, winner) => offsetOf([c + 1, ...X], [c, ...elements[winner].x])),
  }),
  fault("max-pool-winners", "last-axis-slowest", {
    title: "places are counted with the first axis fastest",
    smallest: "2×3, window 1",
    caughtBy: "max-pool-winners/exact/window-2d",
    change: won(({ elements, X }, winner) => offsetOf(X.toReversed(), elements[winner].x.toReversed())),
  }),
  fault("max-pool-winners", "counted-from-one", {
    title: "places are counted from 1",
    smallest: "[1]",
    caughtBy: "max-pool-winners/exact/window-1d",
    change: won(({ elements, X }, winner) => offsetOf(X, elements[winner].x) + 1),
  }),
  fault("max-pool-winners", "last-of-ties", {
    title: "of equal elements the last wins, though the backend declares the first",
    smallest: "[1, 1], window 2",
    caughtBy: "max-pool-winners/special/ties",
    change: won(({ elements, X, inside }, winner) => {
      const last = Number.isNaN(inside[winner]) ? winner : inside.lastIndexOf(inside[winner]);
      return offsetOf(X, elements[last].x);
    }),
  }),
  fault("max-pool-winners", "nan-passed-over", {
    title: "NaN is passed over, though the backend declares that it wins",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN, 1]",
    caughtBy: "max-pool-winners/special/nan",
    change: won(({ elements, X, inside }, winner) => {
      const least = inside.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
      return offsetOf(X, elements[inside.every(Number.isNaN) ? winner : winnerOf(least)].x);
    }),
  }),
  fault("max-pool-winners", "last-nan", {
    title: "the last NaN of a window wins",
    smallest: "[NaN, NaN], window 2",
    caughtBy: "max-pool-winners/special/nan-twice",
    change: won(({ elements, X, inside }, winner) =>
      offsetOf(X, elements[Math.max(winner, inside.findLastIndex(Number.isNaN))].x),
    ),
  }),
  fault("max-pool-winners", "plus-zero-wins", {
    title: "+0 wins over −0, though they are equal",
    smallest: "[−0, +0], window 2",
    caughtBy: "max-pool-winners/special/zeros",
    change: won(({ elements, X, inside }, winner) => {
      const plus = inside.findIndex((value) => Object.is(value, 0));
      return offsetOf(X, elements[inside[winner] === 0 && plus >= 0 ? plus : winner].x);
    }),
  }),
  fault("max-pool-winners", "lowest-never-wins", {
    title: "the search starts at −∞ and with no place: a window of −∞ alone has no winner",
    smallest: "[−∞]",
    caughtBy: "max-pool-winners/special/negative-infinities",
    change: won(({ elements, X, inside }, winner) =>
      inside[winner] === Number.NEGATIVE_INFINITY ? -1 : offsetOf(X, elements[winner].x),
    ),
  }),
  fault("max-pool-winners", "nobody-is-zero", {
    title: "a window without an element names place 0",
    smallest: "a window wholly in padding",
    caughtBy: "max-pool-winners/special/empty-window",
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      return {
        Z: encode(
          Z.dtype,
          Z.shape,
          Array.from(decode(Z), (place) => Math.max(place, 0)),
        ),
      };
    },
  }),
] as unknown as Fault[];
