/** What a browser says of itself beside its user agent, where it does. */
interface Brands {
  readonly userAgentData?: { readonly brands: readonly { readonly brand: string; readonly version: string }[] };
}

/** The name and version of a browser: Chromium 143, Firefox 140.0. */
export function browserName(navigator: { readonly userAgent: string } & Brands): string {
  const named = navigator.userAgentData?.brands.filter(({ brand }) => !/not.*brand/i.test(brand)) ?? [];
  const own = named.find(({ brand }) => brand !== "Chromium") ?? named[0];
  if (own) return `${own.brand} ${own.version}`;
  const [, name, version] = /(Firefox|Version)\/([\d.]+)/.exec(navigator.userAgent) ?? [];
  if (name === undefined) return navigator.userAgent;
  return `${name === "Version" ? "Safari" : name} ${version}`;
}
