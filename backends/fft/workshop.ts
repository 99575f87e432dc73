import { type Format, Heap } from "./engine/heap.ts";
import { type Extents, Transform } from "./engine/transform.ts";
import { mostBytes } from "./plan.ts";
import { Recent } from "./recent.ts";
import { SpectraCache } from "./spectra.ts";

/** The items of a problem that one thread runs: from the first to before the last. */
export interface Share {
  readonly from: number;
  readonly to: number;
}

/** How many transforms are kept ready, with their tables. */
const mostTransforms = 24;

/** What a thread works with: memory, transforms that are ready, and spectra of kernels. */
export class Workshop {
  readonly heap: Heap;
  readonly cache: SpectraCache;
  /** Whether every element is to be as accurate as a direct sum. */
  readonly certified: boolean;
  /** Room for a few sums. */
  readonly scratch: number;
  readonly #transforms = new Recent<Transform>(mostTransforms, (transform) => transform.free());

  private constructor(heap: Heap, certified: boolean) {
    this.heap = heap;
    this.certified = certified;
    this.cache = new SpectraCache(heap, mostBytes);
    this.scratch = heap.allocate(64);
  }

  static create = async (certified: boolean): Promise<Workshop> => new Workshop(await Heap.create(), certified);

  transform(format: Format, extents: Extents): Transform {
    return this.#transforms.get(`${format} ${extents}`, () => new Transform(this.heap, format, extents));
  }

  /** Memory for the time of one run. */
  reserve(bytes: number): number {
    return this.heap.allocate(bytes);
  }

  release(address: number): void {
    this.heap.free(address);
  }
}
