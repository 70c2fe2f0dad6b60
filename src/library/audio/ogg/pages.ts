import type { TellProblem } from "../compressedFile.ts";
import type { ByteWindow } from "../byteWindow.ts";
import { textAt, viewOf } from "../bytes.ts";
import { crcOfPage } from "./crc32.ts";

// No library: the one the decoders' packages parse with is under the LGPL, and none says which pages are missing.

/** A page of an Ogg file (RFC 3533). */
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

/** All pages of a file in their order; `onLost` is told where something isn't one, or isn't as it was written. */
export async function* oggPages(
  window: ByteWindow,
  onLost: TellProblem,
): AsyncGenerator<OggPage, void, undefined> {
  let isLost = false;
  while (await window.need(1)) {
    const { page, bytes, flaw } = await readPage(window);
    const isNews = flaw !== null && !isLost;
    if (isNews && flaw !== CUT_OFF) onLost(flaw);
    isLost = page === null;
    if (page) yield page;
    // Behind what is left of it: there the sound ends.
    if (isNews && flaw === CUT_OFF) onLost(flaw, true);
    if (page) {
      window.skip(bytes);
      continue;
    }
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

interface ReadPage {
  /** Null where what can be read makes no page. */
  readonly page: OggPage | null;
  readonly bytes: number;
  /** What is wrong with it. */
  readonly flaw: string | null;
}

const noPage = (flaw: string): ReadPage => ({ page: null, bytes: 0, flaw });
const CUT_OFF = "the last page is cut off";
const DAMAGED = "a page is damaged";

async function readPage(window: ByteWindow): Promise<ReadPage> {
  if (!(await window.need(HEADER_BYTES))) return noPage(CUT_OFF);
  if (textAt(window.bytes, 0, 4) !== "OggS") return noPage("bytes that are no page");
  const bodyAt = HEADER_BYTES + (window.bytes[HEADER_BYTES - 1] ?? 0);
  if (!(await window.need(bodyAt))) return noPage(CUT_OFF);
  const lacing = window.bytes.slice(HEADER_BYTES, bodyAt);
  const length = bodyAt + lacing.reduce((sum, size) => sum + size, 0);
  if (!(await window.need(length))) {
    if (Buffer.from(window.bytes).includes("OggS", 4)) return noPage(DAMAGED);
    return {
      page: pageOf(window.bytes, presentOf(lacing, window.length - bodyAt)),
      bytes: length,
      flaw: CUT_OFF,
    };
  }
  const bytes = window.bytes.subarray(0, length);
  if (crcOfPage(bytes, CHECKSUM_AT) === viewOf(bytes).getUint32(CHECKSUM_AT, true))
    return { page: pageOf(bytes, lacing, true), bytes: length, flaw: null };
  // Where another page comes right behind it, its length at least is what it was: much of it may still be sound.
  const isUsable = await isPageOrEnd(window, length);
  return isUsable ? { page: pageOf(bytes, lacing), bytes: length, flaw: DAMAGED } : noPage(DAMAGED);
}

/** The segments that lie within so many bytes. */
function presentOf(lacing: Uint8Array, bytes: number): Uint8Array {
  let sum = 0;
  return lacing.subarray(0, [...lacing].filter((size) => (sum += size) <= bytes).length);
}

/** @param isWhole else where it says that the sound ends isn't believed */
function pageOf(bytes: Uint8Array, lacing: Uint8Array, isWhole = false): OggPage {
  const view = viewOf(bytes);
  const flags = bytes[5] ?? 0;
  const granule = isWhole ? view.getBigInt64(6, true) : -1n;
  return {
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    isContinued: (flags & FLAGS.continued) !== 0,
    beginsStream: (flags & FLAGS.begins) !== 0,
    endsStream: (flags & FLAGS.ends) !== 0,
    granule: granule < 0n ? null : Number(granule),
    parts: partsOf(bytes.subarray(HEADER_BYTES + (bytes[HEADER_BYTES - 1] ?? 0)), lacing),
  };
}

async function isPageOrEnd(window: ByteWindow, at: number): Promise<boolean> {
  if (!(await window.need(at + 1))) return true;
  return (await window.need(at + 4)) && textAt(window.bytes, at, 4) === "OggS";
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
