const POLYNOMIAL = 0x07;
let table: Uint8Array | undefined;

/** Of the bytes from `from` up to `to`, as FLAC's headers carry it. */
export function crc8(bytes: Uint8Array, from: number, to: number): number {
  table ??= makeTable();
  let crc = 0;
  for (let at = from; at < to; at++) crc = table[crc ^ (bytes[at] ?? 0)] ?? 0;
  return crc;
}

function makeTable(): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
    return crc;
  });
}
