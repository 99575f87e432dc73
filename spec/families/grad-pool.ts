import type { Clause } from "../clause.ts";
import { perAxes, wins } from "./axes.ts";

const symbols = {
  V: "[N, C, …X] the input of the pooling",
  G: "[N, C, …P] the gradient of the error with respect to its output",
  dV: "[N, C, …X] the gradient with respect to V",
  R: "the extents of the window",
  "s, d, a": "on each spatial axis: stride, dilation, cells of padding before the input",
};

const { V: _, ...linearSymbols } = { ...symbols, X: "the attribute input: the spatial extents of the pooled input" };

/** The window of which the element at v is tap k, on one axis; no whole number where there is none. */
const held = "(v# + a# - 1 - (k#-1)*d#)/s# + 1";

/** Tap m of that window. */
const tap = "v# + (m#-k#)*d#";

const left = "dV[n,c,";
const routed = "An element that wins several windows gets the sum of their errors; one that wins none gets 0.";
const linear = "The pooling is linear, so its gradient needs of the input only its extents.";

/** GRAD, the gradients of pooling: what of the error at the output each element of the input gets. */
export const gradPool: readonly Clause[] = [
  {
    id: "GRAD-20",
    title: "Gradient of max pooling",
    statement:
      "The error of each window goes, undivided, to the element that won it, and every other element of the window gets nothing of it. " +
      `${routed} Who won is said by POOL-11: of equal elements the first or the last in row-major order, never both and never ` +
      "a share each. The formula is that of ties first.",
    formula: perAxes((each, axes) => {
      const cells = { tensor: "V[n, c, ", self: "v#", other: tap, index: "m#", from: "1", to: "R#", before: "k#-1" };
      return `${left}${each("v#", ",")}] = Sum(G[n, c, ${each(held)}], ${each("k#=1:R#")}, ${wins(each, axes, cells)})`;
    }),
    symbols,
    special:
      "A window without an element has no winner: its error goes nowhere. −0 and +0 tie. NaN in V, by the choice nan. propagate: it wins. ignore: it " +
      "wins only in a window of NaN alone. What is not finite in G reaches the winner and no other element.",
    choices: { nan: ["propagate", "ignore"], ties: ["first", "last"] },
    source: [{ note: "002", heading: "Accounting for the pooling layer (2/2)" }],
    operators: ["max-pool-gradient"],
  },
  {
    id: "GRAD-21",
    title: "Gradient of average pooling",
    statement:
      "The error of each window is divided by what the window's sum was divided by, and every element of the window gets that same share; " +
      `the shares of overlapping windows add up. For blocks of N × N each element gets 1/(N·N) of its block's error. ${linear}`,
    formula: (["valid", "padded"] as const).flatMap((divisor) =>
      Object.entries(
        perAxes((each) => {
          const within = divisor === "valid" ? `1 <= ${tap} <= X#` : `${tap} <= X# + z#`;
          const count = each(`Count(${within}, m#=1:R#)`, " * ");
          return `${left}${each("v#", ",")}] = Sum(G[n, c, ${each(held)}] / (${count}), ${each("k#=1:R#")})`;
        }),
      ).map(([axes, text]) => ({ axes: Number(axes) as 1 | 2 | 3, when: { divisor }, text })),
    ),
    symbols: { ...linearSymbols, z: "on each spatial axis: cells of padding after the input" },
    special: "NaN and ∞ in G reach every element of their window. An element in no window gets 0.",
    source: [{ note: "002", heading: "Accounting for the pooling layer (2/2)" }],
    operators: ["average-pool-gradient"],
  },
  {
    id: "GRAD-22",
    title: "Gradient of sum pooling",
    statement: `Every element gets the errors of all windows that hold it, undivided. ${linear}`,
    formula: perAxes((each) => `${left}${each("v#", ",")}] = Sum(G[n, c, ${each(held)}], ${each("k#=1:R#")})`),
    symbols: linearSymbols,
    special: "NaN and ∞ in G reach every element of their window. An element in no window gets 0.",
    source: [{ note: "001", heading: "Pooling" }],
    operators: ["sum-pool-gradient"],
  },
  {
    id: "GRAD-23",
    title: "Gradient of L2 pooling",
    statement:
      "Every element gets of each window's error its own share of the norm, V/Z with its sign. Where the norm is 0 it has no derivative; there the " +
      "gradient is 0 by definition, for each of its elements.",
    formula: perAxes((each) => {
      const squares = `Sum(V[n, c, ${each(tap)}]^2, ${each("m#=1:R#")})`;
      return (
        `${left}${each("v#", ",")}] = Sum(G[n, c, ${each(held)}] * V[n, c, ${each("v#")}] / sqrt(${squares}), ` +
        `${each("k#=1:R#")}, ${squares} > 0)`
      );
    }),
    symbols,
    special:
      "NaN in V makes the norm NaN, and with it what every element of the window gets. ∞ in V makes the norm ∞: the finite elements get 0, it " +
      "gets ∞/∞ = NaN.",
    source: [{ note: "000", heading: "9.3 Pooling" }],
    operators: ["l2-pool-gradient"],
  },
  {
    id: "GRAD-24",
    title: "Gradient of the distance-weighted average",
    statement: `Every element gets of each window's error the fraction that it had of the window's weight, POOL-6. ${linear}`,
    formula: perAxes((each) => {
      const weight = (k: string) => `4/(4 + ${each(`(d#*(2*${k}#-R#-1))^2`, " + ")})`;
      const total = `Sum(${weight("m")}, ${each("m#=1:R#")}, ${each(`1 <= ${tap} <= X#`)})`;
      return `${left}${each("v#", ",")}] = Sum(${weight("k")} * G[n, c, ${each(held)}] / ${total}, ${each("k#=1:R#")})`;
    }),
    symbols: linearSymbols,
    special: "NaN and ∞ in G reach every element of their window. An element in no window gets 0.",
    source: [{ note: "000", heading: "9.3 Pooling" }],
    operators: ["weighted-pool-gradient"],
  },
  {
    id: "GRAD-25",
    title: "Gradient of adaptive max pooling",
    statement: `The error of each window of the grid goes, undivided, to the element that won it, as in GRAD-20. ${routed}`,
    formula: perAxes((each, axes) => {
      const [from, to] = ["floor((p#-1)*X#/P#) + 1", "ceil(p#*X#/P#)"];
      const cells = { tensor: "V[n, c, ", self: "v#", other: "m#", index: "m#", from, to, before: "v#-1" };
      return (
        `${left}${each("v#", ",")}] = Sum(G[n, c, ${each("p#")}], ${each("p#")}, ` +
        `${each(`${from} <= v# <= ${to}`)}, ${wins(each, axes, cells)})`
      );
    }),
    symbols: {
      V: "[N, C, …X] the input of the pooling",
      G: "[N, C, …P] the gradient of the error with respect to its output",
      dV: "[N, C, …X] the gradient with respect to V",
      P: "the attribute grid: the extents of the output",
    },
    special: "As in GRAD-20, and so are the choices. No window is empty.",
    choices: { nan: ["propagate", "ignore"], ties: ["first", "last"] },
    source: [{ note: "002", heading: "Accounting for the pooling layer (2/2)" }],
    operators: ["adaptive-max-pool-gradient"],
  },
  {
    id: "GRAD-26",
    title: "Gradient of adaptive average pooling",
    statement:
      "The error of each window of the grid is divided by the number of its elements, and each of them gets that same share; where windows overlap " +
      `the shares add up. ${linear}`,
    formula: perAxes(
      (each) =>
        `${left}${each("v#", ",")}] = Sum(G[n, c, ${each("p#")}] / ` +
        `(${each("(ceil(p#*X#/P#) - floor((p#-1)*X#/P#))", " * ")}), ${each("p#")}, ` +
        `${each("floor((p#-1)*X#/P#) < v# <= ceil(p#*X#/P#)")})`,
    ),
    symbols: {
      G: "[N, C, …P] the gradient of the error with respect to the output",
      dV: "[N, C, …X] the gradient with respect to the input",
      X: "the attribute input: the spatial extents of the pooled input",
      P: "the grid that was pooled to: the spatial extents of G",
    },
    special: "NaN and ∞ in G reach every element of their window.",
    source: [{ note: "002", heading: "Accounting for the pooling layer (2/2)" }],
    operators: ["adaptive-average-pool-gradient"],
  },
  {
    id: "GRAD-27",
    title: "Gradient of pooling over channels",
    statement:
      "At every place the error of a group goes, undivided, to the channel that won it; the other channels of the group get 0. Of equal channels the " +
      "first wins, or the last: the choice ties. The formula is that of ties first.",
    formula: perAxes((each) => {
      const v = each("v#");
      return (
        `${left}${each("v#", ",")}] = Sum(G[n, o, ${v}], o, (o-1)*g < c <= o*g, ` +
        `V[n, c, ${v}] == Max(V[n, m, ${v}], m=(o-1)*g+1:o*g), ` +
        `Count(V[n, m, ${v}] == V[n, c, ${v}], m=(o-1)*g+1:c-1) == 0)`
      );
    }),
    symbols: {
      V: "[N, C, …X] the input of the pooling",
      G: "[N, C/g, …X] the gradient of the error with respect to its output",
      dV: "[N, C, …X] the gradient with respect to V",
      g: "the attribute size: how many channels are one group",
    },
    special: "As in GRAD-20, over the channels of a group; so are the choices.",
    choices: { nan: ["propagate", "ignore"], ties: ["first", "last"] },
    source: [{ note: "002", heading: "Accounting for the pooling layer (2/2)" }],
    operators: ["channel-pool-gradient"],
  },
];
