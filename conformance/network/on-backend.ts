import { decode, encode, type Request, type Work } from "../../reference/index.ts";
import type { Backend, Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { invoke } from "../invoke.ts";

/** A call that was made on the way, and what came of it. */
export interface Made {
  readonly invocation: Invocation;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** A new shape and a sign or a power of two round nothing; everything else is a call of the backend. */
async function answered(backend: Backend, request: Request<Tensor>, made: Made[]) {
  if ("reshape" in request) return { Z: { ...request.reshape, shape: request.shape } };
  if ("scale" in request) {
    const { scale, p, q } = request;
    return {
      Z: encode(
        scale.dtype,
        scale.shape,
        Array.from(decode(scale), (value) => (value * p) / q),
      ),
    };
  }
  const invocation = request as Invocation;
  const outputs = await invoke(backend, invocation);
  made.push({ invocation, outputs });
  return outputs;
}

/**
 * Does a network's work on a backend, operator by operator.
 * @param made takes the calls as they are made
 * @throws what `invoke` throws
 */
export async function onBackend<R>(backend: Backend, work: Work<Tensor, R>, made: Made[]): Promise<R> {
  let next = work.next({});
  while (!next.done) next = work.next(await answered(backend, next.value, made));
  return next.value;
}
