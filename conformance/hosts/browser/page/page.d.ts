/** The version of convspec, which the build puts in. */
declare const __CONVSPEC_VERSION__: string;

declare module "*?raw" {
  const text: string;
  export default text;
}
