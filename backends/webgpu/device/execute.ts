import { workgroups } from "./dispatch.ts";
import { DeviceError } from "./errors.ts";
import { guardBytes, isIntact } from "./guard.ts";
import { packed } from "./layout.ts";
import type { Pipeline } from "./pipelines.ts";
import type { Loan } from "./pool.ts";
import type { Recording, Step } from "./recording.ts";
import type { Session } from "./session.ts";
import type { Area } from "./tensor.ts";
import { mapForReading } from "./usage.ts";

/** Invocations of a workgroup where a kernel does not say. */
const usualSize = 64;

const pipelineOf = ({ session, format }: Recording, { kernel, aliases, constants, size = usualSize }: Step) =>
  session.pipelines.get(kernel, { stored: format, ...aliases }, { W: size, ...constants });

/** Encodes one kernel. @returns the buffer of its uniforms */
function encode(session: Session, pass: GPUComputePassEncoder, step: Step, { pipeline, bindings, layout }: Pipeline) {
  const uniforms = session.pool.lend("uniform", layout.uniforms.size);
  session.device.queue.writeBuffer(uniforms.buffer, 0, packed(layout.uniforms, step.uniforms));
  const given = [...layout.buffers].map(([name, { binding }]) => {
    const { loan, bytes } = step.buffers[name] ?? missing(step, name);
    // In a debug session kernels see the guard band too: what is written past the end is not cut off before it.
    const size = bytes + (session.debug ? guardBytes : 0);
    return { binding, resource: { buffer: loan.buffer, size } };
  });
  const entries = [...given, { binding: layout.uniforms.binding, resource: { buffer: uniforms.buffer } }];
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, session.device.createBindGroup({ layout: bindings, entries }));
  const count = step.workgroups ?? Math.ceil((step.invocations ?? 1) / (step.size ?? usualSize));
  pass.dispatchWorkgroups(...workgroups(count, session.axes));
  return uniforms;
}

function missing({ kernel }: Step, name: string): never {
  throw new TypeError(`kernel ${kernel} is not given ${name}`);
}

/** A part of a buffer that is read back. */
interface Read {
  readonly loan: Loan;
  readonly offset: number;
  readonly bytes: number;
}

/** The guard band of each buffer, and what it must hold. */
const guardsOf = (areas: Iterable<Area>): (Read & { readonly poison?: number })[] =>
  [...new Map([...areas].map((area) => [area.loan.buffer, area])).values()].map(({ loan, bytes, poison }) => ({
    loan,
    offset: bytes,
    bytes: guardBytes,
    poison,
  }));

/** Waits for what was submitted and copied into a staging buffer, and takes it out. */
async function taken(session: Session, staging: Loan, reads: readonly Read[]): Promise<ArrayBuffer[]> {
  try {
    await staging.buffer.mapAsync(mapForReading);
  } catch (error) {
    session.throwFault();
    throw new DeviceError("internal", `results could not be read: ${(error as Error).message}`);
  }
  const all = staging.buffer.getMappedRange();
  let at = 0;
  const parts = reads.map(({ bytes }) => {
    at += bytes;
    return all.slice(at - bytes, at);
  });
  staging.buffer.unmap();
  session.pool.giveBack(staging);
  session.throwFault();
  return parts;
}

async function waitForBuffers(areas: Iterable<Area>): Promise<void> {
  for (const { loan } of areas) {
    const refusal = await loan.refusal;
    if (refusal !== undefined) throw refusal;
  }
}

/**
 * Runs what was recorded.
 * @param reading what is read back; where nothing is, this does not wait for the device
 * @returns the bytes of each, padded to whole words
 * @throws {DeviceError} where the device fails
 */
export async function execute(recording: Recording, reading: readonly Area[]): Promise<ArrayBuffer[]> {
  const { session, steps } = recording;
  const touched = [...steps.flatMap(({ buffers }) => Object.values(buffers)), ...reading];
  const pipelines = await Promise.all(steps.map((step) => pipelineOf(recording, step)));
  await waitForBuffers(touched);
  session.throwFault();
  const encoder = session.device.createCommandEncoder();
  const uniforms: Loan[] = [];
  if (steps.length > 0) {
    const pass = encoder.beginComputePass();
    for (const [at, step] of steps.entries()) uniforms.push(encode(session, pass, step, pipelines[at]));
    pass.end();
  }
  const guards = session.debug ? guardsOf(touched) : [];
  const reads = [...reading.map(({ loan, bytes }) => ({ loan, bytes, offset: 0 })), ...guards];
  const total = reads.reduce((sum, { bytes }) => sum + bytes, 0);
  const staging = total === 0 ? undefined : session.pool.lend("staging", total);
  if (staging !== undefined) {
    let at = 0;
    for (const { loan, offset, bytes } of reads) {
      encoder.copyBufferToBuffer(loan.buffer, offset, staging.buffer, at, bytes);
      at += bytes;
    }
  }
  session.device.queue.submit([encoder.finish()]);
  for (const loan of uniforms) session.pool.giveBack(loan);
  session.free(recording.scratch);
  if (staging === undefined) return [];
  const parts = await taken(session, staging, reads);
  const bands = parts.slice(reading.length).map((band) => new Uint32Array(band));
  if (!bands.every((band, at) => isIntact(band, guards[at].poison)))
    throw new DeviceError("guard", `a kernel wrote past the end of a buffer: ${steps.map(({ kernel }) => kernel)}`);
  return parts.slice(0, reading.length);
}
