import type { TellProblem } from "../compressedFile.ts";
import type { ByteWindow } from "../byteWindow.ts";
import { oggPages, type OggPage } from "./pages.ts";

/** The packets that end on one page of a stream. */
export interface OggPackets {
  readonly beginsStream: boolean;
  readonly endsStream: boolean;
  readonly granule: number | null;
  readonly packets: readonly Uint8Array[];
}

interface Stream {
  readonly serial: number;
  sequence: number;
  /** Of a packet that goes on with the next page. */
  parts: Uint8Array[];
}

/**
 * The packets of one kind of stream, page by page: of the first that `isWanted` by its first packet, and of those that
 * follow it where files were put one behind the other. `onLost` is told what is missing.
 */
export async function* oggPackets(
  window: ByteWindow,
  isWanted: (firstPacket: Uint8Array) => boolean,
  onLost: TellProblem,
): AsyncGenerator<OggPackets, void, undefined> {
  let stream: Stream | undefined;
  let isOver = true;
  for await (const page of oggPages(window, (what, isEnd) => onLost(what, isEnd === true && !isOver))) {
    if (page.beginsStream) {
      const isNext = isOver && isWanted(page.parts[0]?.bytes ?? new Uint8Array());
      if (isNext) stream = { serial: page.serial, sequence: page.sequence - 1, parts: [] };
      else if (page.serial !== stream?.serial) continue;
      isOver = false;
    }
    if (page.serial !== stream?.serial) continue;
    const packets = packetsOf(page, stream, onLost);
    isOver = page.endsStream;
    yield { beginsStream: page.beginsStream, endsStream: page.endsStream, granule: page.granule, packets };
  }
  if (!isOver) onLost("the file ends before its sound does", true);
}

function packetsOf(page: OggPage, stream: Stream, onLost: TellProblem): Uint8Array[] {
  const isNext = page.sequence === stream.sequence + 1;
  stream.sequence = page.sequence;
  if (!isNext) onLost("pages are missing");
  if (!isNext || !page.isContinued) stream.parts = [];
  // What goes on with a packet whose beginning is lost is lost, too.
  const parts = page.isContinued && stream.parts.length === 0 ? page.parts.slice(1) : page.parts;
  const packets: Uint8Array[] = [];
  for (const { bytes, isEnd } of parts) {
    stream.parts.push(bytes.slice());
    if (!isEnd) continue;
    packets.push(joined(stream.parts));
    stream.parts = [];
  }
  return packets;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only = new Uint8Array()] = parts;
  if (parts.length < 2) return only;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
