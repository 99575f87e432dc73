import type { InferenceSession } from "onnxruntime-node";
import { ort } from "./engine.ts";

/** A model that is loaded, and how many calls are using it. */
interface Loaded {
  readonly session: Promise<InferenceSession>;
  users: number;
}

const limit = 64;
const loaded = new Map<string, Loaded>();

const load = (model: Uint8Array): Loaded => ({
  session: ort.InferenceSession.create(model, {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  }),
  users: 0,
});

/** Releases the models unused for longest until no more than `most` are left; those in use stay. */
async function shrink(most: number): Promise<void> {
  for (const [key, { session, users }] of loaded) {
    if (loaded.size <= most) return;
    if (users > 0) continue;
    loaded.delete(key);
    // A model that failed to load has nothing to release.
    await session.then(
      (open) => open.release(),
      () => undefined,
    );
  }
}

/** Runs a model, loading it unless the same bytes were run of late. */
export async function withSession<T>(model: Uint8Array, use: (session: InferenceSession) => Promise<T>): Promise<T> {
  const key = Buffer.from(model).toString("latin1");
  const entry = loaded.get(key) ?? load(model);
  // A Map keeps the order of insertion: the last one used comes last.
  loaded.delete(key);
  loaded.set(key, entry);
  entry.users += 1;
  try {
    return await use(await entry.session);
  } finally {
    entry.users -= 1;
    await shrink(limit);
  }
}

/** Releases every model that is not in use. */
export const releaseSessions = (): Promise<void> => shrink(0);
