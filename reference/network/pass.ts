import type { Layer } from "../../spec/index.ts";
import type { Shaped, Work } from "./work.ts";

/** The parameters of a network by name, and the gradients that its layers have found so far. */
export interface Learned<V> {
  readonly parameters: Readonly<Record<string, V>>;
  readonly gradients: Record<string, V>;
}

/** What a layer gave, and its way back: from G = ∂E/∂y to ∂E/∂V, noting the gradients of its parameters. */
export interface Passed<V> {
  readonly y: V;
  back(G: V): Work<V, V>;
}

/** The kinds of layers, by their names. */
export type Kind = Layer["layer"];

/** What one kind of layer does with an input V. */
export type Pass<K extends Kind> = <V extends Shaped>(
  layer: Extract<Layer, { readonly layer: K }>,
  V: V,
  learned: Learned<V>,
) => Work<V, Passed<V>>;
