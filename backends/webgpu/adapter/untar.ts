const block = 512;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1").replace(/\0.*$/s, "");

/** The regular files of a tar archive, by name. */
export function* untar(archive: Uint8Array): Generator<readonly [name: string, content: Uint8Array]> {
  for (let at = 0; at + block <= archive.length; ) {
    const field = (from: number, length: number): string => textOf(archive.subarray(at + from, at + from + length));
    const name = field(0, 100);
    if (name === "") return;
    const size = Number.parseInt(field(124, 12), 8);
    const type = field(156, 1);
    if (type === "0" || type === "") yield [name, archive.subarray(at + block, at + block + size)];
    at += block + Math.ceil(size / block) * block;
  }
}
