const POLYNOMIAL = 0xa001;
let table: Uint16Array | undefined;

/** Goes on with a checksum as LAME takes it (CRC-16/ARC, from 0). */
export function crc16(crc: number, bytes: Uint8Array): number {
  table ??= makeTable();
  let sum = crc;
  // By index: of a typed array's iterator V8 makes a loop several times slower.
  for (let at = 0; at < bytes.length; at++) sum = (sum >>> 8) ^ (table[(sum ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return sum;
}

function makeTable(): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    return crc;
  });
}
