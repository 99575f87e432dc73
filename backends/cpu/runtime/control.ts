/**
 * The control block: the first bytes of the shared memory, through which threads agree on a job.
 *
 * A job is open while STATE has the OPEN bit. A thread enters by adding one to STATE, and may look at the
 * job only if it then saw the bit; it leaves by subtracting one. The main thread writes a job only while
 * STATE is 0, opens it, and raises GENERATION to wake those that sleep; at the end it takes the bit away,
 * and waits until all have left. A thread that comes late finds the job closed and goes back to sleep.
 *
 * These are places of 32-bit words. What many threads write is on cache lines of its own.
 */
export const word = {
  GENERATION: 0,
  STATE: 16,
  /** The next item that nobody has taken. */
  NEXT: 32,
  /** How many workers have begun to listen. */
  READY: 48,
  /** 1 + the thread whose kernel failed, and the length of what it said. */
  FAILED: 64,
  MESSAGE_LENGTH: 65,
  ITEMS: 80,
  /** How many items are computed in a call of the kernel. */
  GRAIN: 81,
  /** Which kernel it is, and its place among those that are kept. */
  KERNEL: 82,
  SLOT: 83,
  /** The length of its module, which threads that do not have it yet read from CODE on. */
  CODE_LENGTH: 84,
  /** The function, by its place among the module's exports. */
  FUNCTION: 85,
  ARGUMENT_COUNT: 86,
  /** How many threads there are. */
  THREADS: 87,
} as const;

export const OPEN = 1 << 30;

/** From this byte on: the arguments, as doubles, which hold every i32 and f32. */
export const ARGUMENTS = 1024;
export const MAX_ARGUMENTS = 64;

/** From this byte on: what a thread whose kernel failed said. */
export const MESSAGE = 2048;
export const MESSAGE_SIZE = 1024;

/** How many compiled kernels are kept at most. */
export const SLOTS = 256;
export const MAX_THREADS = 60;

/** The word in which a worker notes which kernel it has in a slot. */
export const heldWord = (thread: number, slot: number): number => 1024 + thread * SLOTS + slot;

/** From this byte on: the module of the job's kernel. */
export const CODE = 65_536;
/** Bytes before what is handed out. */
export const CONTROL_SIZE = 1 << 20;
