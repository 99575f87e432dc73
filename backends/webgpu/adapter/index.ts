/** An adapter and where it came from. */
export interface Found {
  readonly adapter: GPUAdapter;
  /** In one line: the adapter, whether it is software, and what implements WebGPU. */
  readonly description: string;
}

const inNode = (): boolean => typeof process === "object" && process.versions?.node !== undefined;

/** Asks for an adapter: of Dawn in Node, of the browser elsewhere. @throws {BackendUnavailable} */
export const findAdapter = async (): Promise<Found> =>
  (inNode() ? await import("./node.ts") : await import("./browser.ts")).findAdapter();

/** NVIDIA H200 (a device), or SwiftShader (software): what an adapter says of itself. */
export function nameOf({ info }: GPUAdapter): string {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const said =
    description || [vendor, architecture, device].filter((part) => part).join(" ") || "an adapter without a name";
  const software = isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${architecture} ${said}`);
  return software ? `${said} (software adapter)` : said;
}
