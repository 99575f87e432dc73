/** What went wrong on the device, rather than in a call. */
export type Trouble = "lost" | "out-of-memory" | "validation" | "internal" | "guard";

/** The device failed a call; the message says how, and the next call starts afresh. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  readonly trouble: Trouble;

  constructor(trouble: Trouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

/** An error of an error scope, or one that no scope caught, as one of ours. */
export function deviceError(error: GPUError, doing: string): DeviceError {
  const trouble = {
    GPUOutOfMemoryError: "out-of-memory",
    GPUValidationError: "validation",
    GPUInternalError: "internal",
  }[error.constructor.name] as Trouble | undefined;
  const [line] = error.message.split("\n");
  return trouble === "out-of-memory"
    ? new DeviceError(trouble, `the device is out of memory ${doing}: ${line}`)
    : new DeviceError(trouble ?? "validation", `the device refused ${doing}: ${line}`);
}
