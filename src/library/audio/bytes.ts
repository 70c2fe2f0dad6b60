import type { FileHandle } from "node:fs/promises";

/** Node's reads take no more at once. */
const MOST_BYTES_AT_ONCE = 2 ** 30;

/**
 * Fewer than asked for at the end of the file.
 * @param bytes where they go, from its beginning on
 */
export async function bytesAt(
  file: FileHandle,
  position: number,
  length: number,
  bytes = new Uint8Array(length),
): Promise<Uint8Array<ArrayBuffer>> {
  let filled = 0;
  // One read may bring less than is there: on network drives it does.
  for (let read = -1; filled < length && read !== 0; filled += read) {
    const most = Math.min(length - filled, MOST_BYTES_AT_ONCE);
    read = (await file.read(bytes, filled, most, position + filled)).bytesRead;
  }
  return bytes.subarray(0, filled);
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** One character per byte. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
