/** The flags of WebGPU, which are globals in a browser and not in Node. */
export const usage = {
  mapRead: 0x0001,
  copySource: 0x0004,
  copyTarget: 0x0008,
  uniform: 0x0040,
  storage: 0x0080,
} as const;

/** The flag of `mapAsync` for reading. */
export const mapForReading = 0x0001;
