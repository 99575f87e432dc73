import { BackendUnavailable } from "../../../spec/index.ts";
import { type Found, nameOf } from "./index.ts";

/** The adapter that the browser prefers. */
export async function findAdapter(): Promise<Found> {
  if (!("gpu" in navigator)) throw new BackendUnavailable("this browser has no WebGPU, or not on this page");
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new BackendUnavailable("the browser has WebGPU, but gives no adapter");
  return { adapter, description: `${nameOf(adapter)}, WebGPU of the browser` };
}
