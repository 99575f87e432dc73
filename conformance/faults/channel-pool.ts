import { decode, encode, indices, offsetOf, type StoredInputs } from "../../reference/index.ts";
import type { ChannelPoolAttributes, Tensor } from "../../spec/index.ts";
import { type Fault, type FaultSpec, fault, type Outputs, roundTo } from "./fault.ts";
import { sum } from "./kernels/windows.ts";

/** Pools groups of channels with a reduction, and with channels, of one's own. */
function poolChannels(
  { V }: StoredInputs,
  { size: g }: ChannelPoolAttributes,
  reduce: (values: readonly number[]) => number,
  member = (o: number, m: number, _groups: number): number => o * g + m,
): Outputs {
  const { dtype, shape, data } = V as Tensor;
  const values = decode({ dtype, shape, data } as Tensor);
  const [N, C, ...X] = shape;
  const Z = Array.from(indices(N, C / g, ...X), ([n, o, ...p]) =>
    reduce(Array.from({ length: g }, (_, m) => values[offsetOf(shape, [n, member(o, m, C / g), ...p])])),
  );
  return { Z: encode(dtype, [N, C / g, ...X], Z.map(roundTo(dtype))) };
}

const channels = (
  name: string,
  spec: Omit<FaultSpec<"channel-pool">, "change">,
  reduce: (values: readonly number[]) => number,
  member?: (o: number, m: number, groups: number) => number,
): Fault<"channel-pool"> =>
  fault("channel-pool", name, {
    ...spec,
    change: (run, inputs, a) => {
      run(inputs, a);
      return poolChannels(inputs, a, reduce, member);
    },
  });

const most = (values: readonly number[]): number => Math.max(...values);

/** Faults of the pooling over channels. */
export const channelPoolFaults: readonly Fault[] = [
  channels(
    "groups-in-turn",
    {
      title: "channels are dealt out to the groups in turn, not in blocks",
      smallest: "C4, size 2",
      caughtBy: "channel-pool/exact/groups-1d",
    },
    most,
    (o, m, groups) => m * groups + o,
  ),
  channels(
    "starts-at-zero",
    {
      title: "the maximum starts at 0",
      models: "tensorflow/tfjs#4854",
      smallest: "a single −1",
      caughtBy: "channel-pool/special/negative",
    },
    (values) => Math.max(0, ...values),
  ),
  channels(
    "nan-lost",
    {
      title: "NaN is passed over, though the backend declares that it propagates",
      models: "pytorch/pytorch#7645",
      smallest: "[NaN, 1]",
      caughtBy: "channel-pool/special/nan",
    },
    (values) => (values.every(Number.isNaN) ? Number.NaN : Math.max(...values.filter((value) => !Number.isNaN(value)))),
  ),
  channels(
    "last-channel-unseen",
    {
      title: "the last channel of each group is not looked at",
      smallest: "C2, size 2",
      caughtBy: "channel-pool/exact/groups-1d",
    },
    (values) => most(values.length > 1 ? values.slice(0, -1) : values),
  ),
  channels(
    "average",
    { title: "this is the average", smallest: "C2, size 2", caughtBy: "channel-pool/exact/groups-1d" },
    (values) => sum(values) / values.length,
  ),
  channels(
    "first-group",
    {
      title: "every group reads the channels of the first",
      smallest: "C4, size 2",
      caughtBy: "channel-pool/exact/groups-1d",
    },
    most,
    (_, m) => m,
  ),
] as unknown as Fault[];
