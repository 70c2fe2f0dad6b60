import type { ByteWindow } from "../byteWindow.ts";
import { textAt, viewOf } from "../bytes.ts";
import { crcOfPage } from "./crc32.ts";

// No library: the one the decoders' packages parse with is under the LGPL, and none says which pages are missing.

/** A page of an Ogg file whose checksum is right (RFC 3533). */
export interface OggPage {
  readonly serial: number;
  readonly sequence: number;
  readonly beginsStream: boolean;
  readonly endsStream: boolean;
  /** Its first segment goes on with the packet of the page before. */
  readonly isContinued: boolean;
  /** Position in the sound at the end of the last packet that ends here; null where none does. */
  readonly granule: number | null;
  /** Each a packet's whole or part; valid until the next page is asked for. */
  readonly parts: readonly { readonly bytes: Uint8Array; readonly isEnd: boolean }[];
}

const HEADER_BYTES = 27;
const CHECKSUM_AT = 22;
const FLAGS = { continued: 1, begins: 2, ends: 4 } as const;
const FULL_SEGMENT = 255;

/** All pages of a file in their order; `onLost` is told where something isn't one. */
export async function* oggPages(
  window: ByteWindow,
  onLost: (what: string) => void,
): AsyncGenerator<OggPage, void, undefined> {
  let isLost = false;
  while (await window.need(1)) {
    const page = await wholePage(window);
    if (typeof page !== "string") {
      isLost = false;
      yield page.page;
      window.skip(page.bytes);
      continue;
    }
    if (!isLost) onLost(page);
    isLost = true;
    window.skip(1);
    await findCapture(window);
  }
}

async function findCapture(window: ByteWindow): Promise<void> {
  while (await window.need(4)) {
    const at = window.bytes.indexOf(0x4f);
    window.skip(at < 0 ? window.length : at);
    if (!(await window.need(4))) break;
    if (textAt(window.bytes, 0, 4) === "OggS") return;
    window.skip(1);
  }
  window.skip(window.length);
}

/** The page at the window's beginning, or what is wrong with it. */
async function wholePage(
  window: ByteWindow,
): Promise<{ readonly page: OggPage; readonly bytes: number } | string> {
  const CUT = "the last page is cut off";
  if (!(await window.need(HEADER_BYTES))) return CUT;
  if (textAt(window.bytes, 0, 4) !== "OggS") return "bytes that are no page";
  const segments = window.bytes[HEADER_BYTES - 1] ?? 0;
  const bodyAt = HEADER_BYTES + segments;
  if (!(await window.need(bodyAt))) return CUT;
  const lacing = window.bytes.slice(HEADER_BYTES, bodyAt);
  const length = bodyAt + lacing.reduce((sum, size) => sum + size, 0);
  if (!(await window.need(length))) return CUT;
  const bytes = window.bytes.subarray(0, length);
  const view = viewOf(bytes);
  if (crcOfPage(bytes, CHECKSUM_AT) !== view.getUint32(CHECKSUM_AT, true)) return "a page is damaged";
  const flags = bytes[5] ?? 0;
  const granule = view.getBigInt64(6, true);
  const page: OggPage = {
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    isContinued: (flags & FLAGS.continued) !== 0,
    beginsStream: (flags & FLAGS.begins) !== 0,
    endsStream: (flags & FLAGS.ends) !== 0,
    granule: granule < 0n ? null : Number(granule),
    parts: partsOf(bytes.subarray(bodyAt), lacing),
  };
  return { page, bytes: length };
}

/** A segment that isn't full ends its packet. */
function partsOf(body: Uint8Array, lacing: Uint8Array): OggPage["parts"] {
  const parts: { bytes: Uint8Array; isEnd: boolean }[] = [];
  let from = 0;
  let to = 0;
  for (const [index, size] of lacing.entries()) {
    to += size;
    const isEnd = size < FULL_SEGMENT;
    if (!isEnd && index < lacing.length - 1) continue;
    parts.push({ bytes: body.subarray(from, to), isEnd });
    from = to;
  }
  return parts;
}
