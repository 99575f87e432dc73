declare module "virtual:convspec/backends" {
  /** The backends to hold, by name. */
  export const backends: Readonly<Record<string, () => Promise<{ readonly default: unknown }>>>;
}
