/** A thread that waits for jobs in shared memory. */
export interface Thread {
  /** Whether it has ended, as far as is known. */
  readonly ended: boolean;
  terminate(): Promise<void>;
}

/** What a worker is told when it starts. */
export interface Start {
  readonly memory: WebAssembly.Memory;
  /** Its number; the main thread is 0. */
  readonly thread: number;
  /** How often it looks for a job before it goes to sleep. */
  readonly spins: number;
}

/** How threads are started where the program runs. */
export interface Threads {
  start(start: Start): Thread;
  /** The number of threads that can run at the same time. */
  readonly available: number;
  /** Whether the thread that calls may sleep: a page's main thread must not. */
  readonly maySleep: boolean;
  /** Whether workers begin while the thread that started them is busy. */
  readonly startsWhileBusy: boolean;
}
