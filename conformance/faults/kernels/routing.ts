import type { OperatorName } from "../../../spec/index.ts";
import type { FaultSpec } from "../fault.ts";
import { type WindowAt, winnerOf } from "./windows.ts";

/** What each element of a window gets of the window's error, whatever else the window is. */
export type Routing = (at: Pick<WindowAt, "inside" | "error">) => readonly number[];

/** The whole error to one element, nothing to the others. */
export const toOne = ({ inside, error }: Pick<WindowAt, "inside" | "error">, winner: number): number[] =>
  inside.map((_, i) => (i === winner ? error : 0));

export const toTheWinner: Routing = (at) => toOne(at, winnerOf(at.inside));

export const toAll: Routing = ({ inside, error }) => inside.map(() => error);

/** An equal part of the error to each. */
export const spread = ({ inside, error }: Pick<WindowAt, "inside" | "error">, divisor: number): number[] =>
  inside.map(() => error / divisor);

/** Winners by a rule of one's own. */
const routed =
  (winner: (values: readonly number[]) => number): Routing =>
  (at) =>
    toOne(at, at.inside.length === 0 ? -1 : winner(at.inside));

const withoutNaN = (values: readonly number[]): number[] =>
  values.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));

/** A wrong way to route an error to a winner. */
interface WrongWinner extends Omit<FaultSpec<OperatorName>, "change"> {
  readonly name: string;
  readonly share: Routing;
}

/** Wrong ways to route an error to a winner, whatever the windows; each with the case that shows it, "exact" where any does. */
export const wrongWinners: readonly WrongWinner[] = [
  {
    name: "every-tie",
    title: "every element that ties for the maximum gets the error",
    models: "Theano/Theano#4568",
    smallest: "[1, 1], window 2",
    caughtBy: "special/ties",
    share: (at) => {
      const most = at.inside[winnerOf(at.inside)];
      return at.inside.map((value, i) => (value === most || i === winnerOf(at.inside) ? at.error : 0));
    },
  },
  {
    name: "shared-among-ties",
    title: "elements that tie for the maximum share the error",
    smallest: "[1, 1], window 2",
    caughtBy: "special/ties",
    share: (at) => {
      const most = at.inside[winnerOf(at.inside)];
      const ties = at.inside.filter((value) => value === most).length;
      return at.inside.map((value, i) =>
        value === most ? at.error / ties : ties === 0 && i === winnerOf(at.inside) ? at.error : 0,
      );
    },
  },
  {
    name: "last-of-ties",
    title: "of equal elements the last gets the error, though the backend declares the first",
    smallest: "[1, 1], window 2",
    caughtBy: "special/ties",
    share: routed((values) => {
      const winner = winnerOf(values);
      return Number.isNaN(values[winner]) ? winner : values.lastIndexOf(values[winner]);
    }),
  },
  {
    name: "nan-passed-over",
    title: "NaN is passed over, though the backend declares that it wins",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN, 1]",
    caughtBy: "special/nan",
    share: routed((values) => winnerOf(values.every(Number.isNaN) ? values : withoutNaN(values))),
  },
  {
    name: "last-nan",
    title: "the last NaN of a window gets the error",
    smallest: "[NaN, NaN], window 2",
    caughtBy: "special/nan-twice",
    share: routed((values) => Math.max(winnerOf(values), values.findLastIndex(Number.isNaN))),
  },
  {
    name: "plus-zero-wins",
    title: "+0 wins over −0, though they are equal",
    smallest: "[−0, +0], window 2",
    caughtBy: "special/zeros",
    share: routed((values) => {
      const [winner, plus] = [winnerOf(values), values.findIndex((value) => Object.is(value, 0))];
      return values[winner] === 0 && plus >= 0 ? plus : winner;
    }),
  },
  {
    name: "lowest-never-wins",
    title: "the search for the winner starts at −∞: the error of a window of −∞ alone is lost",
    smallest: "[−∞]",
    caughtBy: "special/negative-infinities",
    share: routed((values) => (Math.max(...values) === Number.NEGATIVE_INFINITY ? -1 : winnerOf(values))),
  },
  {
    name: "magnitude-wins",
    title: "the error goes to the largest magnitude",
    smallest: "[−2, 1], window 2",
    caughtBy: "exact",
    share: routed((values) => winnerOf(values.map(Math.abs))),
  },
];
