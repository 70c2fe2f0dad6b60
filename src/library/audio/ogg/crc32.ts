// Not zlib's: Ogg takes the same polynomial the other way round, from 0 and without a last inversion.
const POLYNOMIAL = 0x04c11db7;
let table: Uint32Array | undefined;

/** Of a page whose own checksum counts as zeros. */
export function crcOfPage(page: Uint8Array, checksumAt: number): number {
  table ??= makeTable();
  let crc = 0;
  for (let at = 0; at < page.length; at++) {
    const byte = at >= checksumAt && at < checksumAt + 4 ? 0 : (page[at] ?? 0);
    crc = ((crc << 8) ^ (table[(crc >>> 24) ^ byte] ?? 0)) >>> 0;
  }
  return crc;
}

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
    return crc >>> 0;
  });
}
