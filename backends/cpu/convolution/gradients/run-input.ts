import type { Scope } from "../../runtime/scope.ts";
import { type Geometry, joined, product } from "../geometry.ts";
import { runKernel } from "../run.ts";
import { type Addresses, runDirect } from "../run-direct.ts";
import { asTheyLie, type Weights } from "../weights.ts";
import { paint } from "./kernels/paint.ts";
import { scatter } from "./kernels/scatter.ts";
import { turn, turnItems } from "./kernels/turn.ts";
import { covers, type InputCall, type Phase, phasesOf } from "./phases.ts";

/** Where the tensors of a call lie. */
export interface InputAddresses {
  readonly G: number;
  readonly K: number;
  /** 0 where there is none. */
  readonly b: number;
  readonly dV: number;
}

/** Weights that are worth an item of packing: some 10 µs. */
const GRAIN = 16_384;
/** From so many phases on, and up to so many channels, phases are computed side by side. */
const MERGED_PHASES = 4;
const MERGED_CHANNELS = 8;

/** Where the weights lie as the phases need them, one phase after the other: input channels first. */
function packed(scope: Scope, { groups, C, O, window }: InputCall, phases: readonly Phase[], K: number): number {
  const shape = { C, O, size: product(window.R), phases: phases.map(({ taps }) => taps) };
  const elements = shape.phases.reduce((sum, taps) => sum + taps.length, 0);
  const W = scope.workspace(groups * C * O * elements * 4);
  const kernel = scope.kernel(`turn ${JSON.stringify(shape)}`, () => [turn(shape)]);
  const items = turnItems(shape);
  const grain = Math.ceil((GRAIN * items) / (C * O * elements));
  scope.run(kernel, "turn", { items: groups * items, grain }, K, W, groups);
  return W;
}

/** The bias, or zero, in every element: what those hold that meet no weight. */
function paintAll(scope: Scope, { window, groups, C }: InputCall, samples: number, { b, dV }: InputAddresses): void {
  const size = product(window.X);
  const channels = groups * C;
  const kernel = scope.kernel(`paint ${channels} ${size} ${b !== 0}`, () => [paint(channels, size, b !== 0)]);
  scope.run(kernel, "paint", { items: samples * channels, grain: Math.ceil((4 * GRAIN) / size) }, b, dV);
}

/** Phases with the same taps at the same places: they only differ in their weights, and in where they belong. */
interface Alike {
  readonly geometry: Geometry;
  readonly phases: readonly Phase[];
}

function alike(phases: readonly Phase[]): Alike[] {
  const found = new Map<string, Phase[]>();
  for (const phase of phases) {
    const key = JSON.stringify(phase.geometry);
    found.set(key, [...(found.get(key) ?? []), phase]);
  }
  return [...found.values()].map((phases) => ({ geometry: phases[0].geometry, phases }));
}

/** Whether phases are computed side by side as channels of one call: many, of few channels, would each lay out G again. */
const isMerged = ({ geometry: { groups, O }, phases }: Alike): boolean =>
  groups === 1 && O <= MERGED_CHANNELS && phases.length >= MERGED_PHASES;

/** Computes phases side by side, and then puts them where they belong. */
function runMerged(scope: Scope, { geometry, phases }: Alike, samples: number, { V, K, b, Z }: Addresses): boolean {
  const { spread, ...own } = geometry;
  if (spread === undefined) throw new Error("phases of a stride of one");
  const { O, P } = geometry;
  const bias = b === 0 ? 0 : scope.numbers(Float32Array.from(phases.flatMap(() => [...scope.floats(b, O)])));
  const together = scope.workspace(4 * samples * phases.length * O * product(P));
  const side = joined({ ...own, O: O * phases.length });
  const finite = runKernel(scope, side, samples, asTheyLie(K), { V, b: bias, Z: together });
  const kernel = scope.kernel(`scatter ${JSON.stringify([O, P, spread, phases.length])}`, () => [
    scatter(geometry, spread, phases.length),
  ]);
  const items = samples * O * P[0] * P[1];
  const grain = Math.ceil(GRAIN / (P[2] * phases.length));
  scope.run(kernel, "scatter", { items, grain }, together, Z, scope.table(phases.map(({ offset }) => offset)));
  return finite;
}

/**
 * GRAD-6, GRAD-8 and GRAD-10: dV[n, c, x] = b[c] + Σ G[n, o, (x + a − k·d)/s] · K[o, c, k], phase by phase of the
 * stride: the elements of one residue class meet the same taps, and are a cross-correlation of G at stride one.
 * @returns whether what is beyond the borders of G, computed as zeros, has certainly done no harm
 */
export function runInputGradient(scope: Scope, call: InputCall, samples: number, addresses: InputAddresses): boolean {
  const classes = alike(phasesOf(call));
  const phases = classes.flatMap(({ phases }) => phases);
  const { G, K, b, dV } = addresses;
  const bytes = 4 * call.groups * call.C * call.O;
  if (!covers(phases, call.window.X)) paintAll(scope, call, samples, addresses);
  let made: number | undefined;
  const weightsFrom = (tap: number): number => {
    made ??= packed(scope, call, phases, K);
    return made + tap * bytes;
  };
  let tap = 0;
  let finite = true;
  for (const some of classes) {
    const { geometry } = some;
    if (isMerged(some)) {
      finite = runMerged(scope, some, samples, { V: G, K: weightsFrom(tap), b, Z: dV }) && finite;
      tap += some.phases.length * some.phases[0].taps.length;
      continue;
    }
    for (const { offset, taps } of some.phases) {
      const tensors = { V: G, b, Z: dV + 4 * offset };
      const first = tap;
      const turned: Weights = { source: K, form: `turned ${taps}`, address: () => weightsFrom(first) };
      const done = geometry.spread
        ? runDirect(scope, geometry, samples, { ...tensors, K: weightsFrom(first) })
        : runKernel(scope, geometry, samples, turned, tensors);
      finite = done && finite;
      tap += taps.length;
    }
  }
  return finite;
}
