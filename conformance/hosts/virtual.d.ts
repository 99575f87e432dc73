declare module "virtual:convspec/fixtures" {
  /** The text of every fixture by its path below fixtures/, in the order of the paths. */
  export const texts: ReadonlyMap<string, string>;
}
