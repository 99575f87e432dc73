import type { Clause } from "../clause.ts";
import type { OperatorName } from "../operators/index.ts";

const sliding: readonly OperatorName[] = ["correlate", "convolve", "max-pool", "average-pool"];

/** SHAPE: output extents and padding. Every formula is that of one spatial axis; axes do not affect each other. */
export const shape: readonly Clause[] = [
  {
    id: "SHAPE-1",
    title: "Valid: no padding",
    statement:
      "Without padding the window stays within the input, and there are N − F + 1 places for its first element. A window as large as " +
      "the input has one; a larger one does not fit and is refused.",
    formula: "O = N - F + 1",
    symbols: {
      N: "the extent of the input",
      F: "the cells the window spans",
      O: "the extent of the output at stride 1",
    },
    source: [
      { note: "000", heading: "Example of 2D Convolution (figure 9.1); Effect of Zero Padding" },
      { note: "001", heading: "Convolutional Neural networks (size of the output matrix)" },
      { note: "002", heading: "A closer look at spatial dimensions; Output size vs filter size & stride" },
      { note: "003", heading: "Other Details" },
    ],
    definedIn: "window.ts",
    operators: sliding,
  },
  {
    id: "SHAPE-2",
    title: "Stride, and steps that do not fit",
    statement:
      "A window that moves S cells at a time stands at (N − F + 2P)/S + 1 places, if S divides. Where it does not, the attribute rounding " +
      "decides. strict: the call is refused, as for N = 7, F = 3, S = 3, which gives 7/3. floor: the window stops at the last place where it " +
      "lies wholly in the padded input, and cells beyond it are not looked at. ceil: where cells are left over the window takes one step more and " +
      "overhangs the end, so that no input is left out; but this last window must begin on or before the last input element, and is left out where it would " +
      "not. Otherwise ceil gives what floor gives.",
    formula: [
      { when: { rounding: "strict" }, text: "O = (N - F + 2*P)/S + 1" },
      { when: { rounding: "floor" }, text: "O = floor((N - F + 2*P)/S) + 1" },
      {
        when: { rounding: "ceil" },
        text: "O = max(floor((N - F + 2*P)/S), min(ceil((N - F + 2*P)/S), ceil((N + P)/S) - 1)) + 1",
      },
    ],
    symbols: {
      N: "the extent of the input",
      F: "the cells the window spans",
      P: "cells of padding on each side",
      S: "stride",
      O: "the extent of the output",
    },
    source: [
      { note: "000", heading: "Pooling with Downsampling (figure 9.10); Convolution with a Stride" },
      { note: "001", heading: "Convolutional Neural networks (stride)" },
      { note: "002", heading: "Output size vs filter size & stride; From input to output volume" },
    ],
    definedIn: "window.ts",
    operators: sliding,
  },
  {
    id: "SHAPE-3",
    title: "Same: an output of ⌈N/S⌉",
    statement:
      "Padding adapts to the window so that the output has ⌈N/S⌉ places, N at unit stride, whatever the window spans. T cells are needed in total. " +
      "An even T is split evenly; of an odd one the odd cell goes to the end (same) or to the beginning (same-lower). With S = 1 and " +
      "F odd it is (F − 1)/2 on each side. Where windows leave gaps between them, T is zero.",
    formula: [
      { text: "T = max((ceil(N/S) - 1)*S + F - N, 0)" },
      { when: { padding: "same" }, text: "a = floor(T/2)" },
      { when: { padding: "same-lower" }, text: "a = ceil(T/2)" },
      { text: "z = T - a" },
      { text: "O = ceil(N/S)" },
    ],
    symbols: {
      N: "the extent of the input",
      F: "the cells the window spans",
      S: "stride",
      T: "cells of padding in total",
      "a, z": "cells of padding before and after the input",
      O: "the extent of the output, with rounding floor or ceil",
    },
    source: [
      { note: "000", heading: "Effect of Zero Padding (figure 9.13)" },
      { note: "001", heading: "Convolutional Neural networks (padding, stride)" },
      { note: "002", heading: "Solution" },
      { note: "003", heading: "Other Details" },
    ],
    errata: [
      {
        id: "E-010",
        source: { note: "002", heading: "Solution" },
        printed:
          "Gives (F − 1)/2 cells of padding on each side for F × F filters at stride 1, without a condition on F.",
        corrected: "F must be odd. For an even F that is no whole number of cells, and the two sides differ by one.",
      },
    ],
    definedIn: "window.ts",
    operators: sliding,
  },
  {
    id: "SHAPE-4",
    title: "Full: every overlap counts",
    statement:
      "F − 1 cells of padding on each side: every position at which window and input share a cell, N + F − 1 of them at unit stride. Each input " +
      "element is then in F windows, the ones at the border included. A longer stride keeps the first of them and every S-th after it.",
    formula: [{ text: "P = F - 1" }, { text: "O = N + F - 1" }],
    symbols: {
      N: "the extent of the input",
      F: "the cells the window spans",
      P: "cells of padding on each side",
      O: "the extent of the output at stride 1",
    },
    source: [{ note: "003", heading: "Other Details" }],
    definedIn: "window.ts",
    operators: sliding,
  },
  {
    id: "SHAPE-5",
    title: "Explicit padding, the two sides apart",
    statement:
      "Padding may be given as a number of cells before and a number after each spatial axis; the two need not be equal, nor need axes agree. " +
      "SHAPE-2 holds with a + z for 2P, and whether ceil adds a window is judged by where it begins, with a cells before the input. One cell on each side keeps the extent under a window of " +
      "three cells at unit stride, and gives ⌈N/S⌉ at stride S.",
    formula: [
      { when: { rounding: "strict" }, text: "O = (N + a + z - F)/S + 1" },
      { when: { rounding: "floor" }, text: "O = floor((N + a + z - F)/S) + 1" },
      {
        when: { rounding: "ceil" },
        text: "O = max(floor((N + a + z - F)/S), min(ceil((N + a + z - F)/S), ceil((N + a)/S) - 1)) + 1",
      },
    ],
    symbols: {
      N: "the extent of the input",
      F: "the cells the window spans",
      "a, z": "cells of padding before and after the input",
      S: "stride",
      O: "the extent of the output",
    },
    source: [
      { note: "001", heading: "Convolutional Neural networks (padding)" },
      { note: "002", heading: "From input to output volume" },
    ],
    definedIn: "window.ts",
    operators: sliding,
  },
  {
    id: "SHAPE-6",
    title: "The extent of a dilated window",
    statement:
      "A window of R elements that lie d cells apart spans (R − 1)·d + 1 cells. This is the F of every other clause of this family; one element " +
      "spans one cell under any dilation.",
    formula: "F = (R - 1)*d + 1",
    symbols: { R: "the elements of the kernel or window", d: "dilation", F: "the cells it spans" },
    source: [{ note: "001", heading: "Convolutional Neural networks (reference to conv_arithmetic)" }],
    definedIn: "window.ts",
    operators: sliding,
  },
  {
    id: "SHAPE-7",
    title: "Shrinkage over depth",
    statement:
      "Each valid layer at unit stride takes F − 1 cells from the extent, so that L of them leave N − L·(F − 1). With F = 6, 16 cells become 11, 6 and 1, " +
      "and a fourth layer does not fit. F − 1 cells of padding in total at each layer (SHAPE-3) keep the extent at any depth.",
    formula: "O = N - L*(F - 1)",
    symbols: {
      N: "the extent of the input of the first layer",
      F: "the cells the window of every layer spans",
      L: "layers",
      O: "the extent of the output of the last layer",
    },
    source: [
      { note: "000", heading: "Effect of Zero Padding (figure 9.13)" },
      { note: "002", heading: "CNN hyper-parameters" },
    ],
    definedIn: "window.ts",
    operators: sliding,
  },
  {
    id: "SHAPE-8",
    title: "The ceiling form of the valid extent",
    statement:
      "The extent without padding may be written with a ceiling, as the share of the N − F + 1 positions that a stride keeps. It is the floor form of " +
      "SHAPE-2 at P = 0, with N and F written M and l and the stride k; both are printed, and agree for all l ≤ M.",
    formula: [{ text: "O = ceil((M - l + 1)/k)" }, { text: "Q = floor((M - l)/k) + 1" }],
    symbols: {
      M: "the extent of the input",
      l: "the side length of the window",
      k: "stride",
      "O, Q": "the extent of the output",
    },
    source: [{ note: "001", heading: "Convolutional Neural networks (footnote 2)" }],
    definedIn: "window.ts",
    operators: sliding,
  },
];
