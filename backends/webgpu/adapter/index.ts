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

/** What an adapter says of itself: NVIDIA H200. */
function saidBy({ info: { vendor, architecture, device, description } }: GPUAdapter): string {
  return description || [vendor, architecture, device].filter((part) => part).join(" ") || "an adapter without a name";
}

/** Whether an adapter computes on the processor. */
export const isSoftware = (adapter: GPUAdapter): boolean =>
  adapter.info.isFallbackAdapter ||
  /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${adapter.info.architecture} ${saidBy(adapter)}`);

/** The same, and whether it is software. */
export const nameOf = (adapter: GPUAdapter): string =>
  isSoftware(adapter) ? `${saidBy(adapter)} (software adapter)` : saidBy(adapter);
