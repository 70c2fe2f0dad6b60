import type { FileHandle } from "node:fs/promises";
import type { AudioFile, Channels } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { ByteWindow } from "../byteWindow.ts";
import { compressedFile, type DecodeRun } from "../compressedFile.ts";
import { silence } from "../channels.ts";
import { soundSpan } from "../tags.ts";
import { crc16 } from "./crc16.ts";
import { HEADER_BYTES, mpegFrameHeader, type MpegFrameHeader } from "./frameHeader.ts";
import { findFrame, isFrame, mpegFrames } from "./frames.ts";
import { mpegInfo, type MpegInfo } from "./infoFrame.ts";
import { MpegDecoder } from "./mpegDecoder.ts";

/** What the decoder adds to the encoder's delay. */
const DECODER_DELAY = 529;

interface MpegStream {
  readonly header: MpegFrameHeader;
  readonly info: MpegInfo | null;
  /** Of the frame that holds it. */
  readonly infoBytes: number;
  readonly start: number;
  readonly end: number;
}

/** Opens MPEG audio of layers 1 to 3, with or without tags, without the encoder's padding. @throws AudioFileError */
export async function openMpeg(file: FileHandle, name: string): Promise<AudioFile> {
  const stream = await findStream(file, name);
  const { header, info } = stream;
  return compressedFile(file, name, {
    sampleRate: header.sampleRate,
    channelCount: header.channelCount,
    encoding: header.layer === 3 ? "MP3" : `MPEG layer ${header.layer}`,
    frames: info?.frames == null ? null : soundFrames(info.frames * header.frames, info),
    decode: (run) => decode(file, stream, run),
  });
}

const soundFrames = (frames: number, { padding }: MpegInfo): number =>
  Math.max(0, frames - (padding ? padding.start + padding.end : 0));

async function findStream(file: FileHandle, name: string): Promise<MpegStream> {
  const { start, end } = await soundSpan(file);
  const window = new ByteWindow(file, start, end);
  const found = (await isFrame(window)) || (await findFrame(window));
  await window.need(HEADER_BYTES);
  const header = found ? mpegFrameHeader(window.bytes) : null;
  if (!header)
    throw new AudioFileError(`${name} has no frame of MP3 that is whole. Copy or export it again.`);
  await window.need(header.bytes);
  const info = header.layer === 3 ? mpegInfo(window.bytes.subarray(0, header.bytes), header) : null;
  const infoBytes = info ? header.bytes : 0;
  return { header, info, infoBytes, start: window.position + infoBytes, end };
}

async function* decode(
  file: FileHandle,
  { header, info, infoBytes, start, end }: MpegStream,
  run: DecodeRun,
): AsyncGenerator<void, void, undefined> {
  const decoder = await MpegDecoder.create();
  const window = new ByteWindow(file, start, end);
  const kept = keptRanges(info, header);
  /** Of all frames so far, the encoder's padding included. */
  let position = 0;
  let count = 0;
  let checksum = 0;
  for await (const frame of mpegFrames(window, run.problem)) {
    const decoded = decoder.decode(frame.bytes);
    if (!decoded) run.problem("a frame can't be decoded");
    const whole = fitted(decoded, header);
    for (const { from, to } of kept) {
      const [first, last] = [Math.max(from, position), Math.min(to, position + header.frames)];
      if (first < last) run.give(whole, first - position, last - position);
    }
    position += header.frames;
    count += 1;
    checksum = crc16(checksum, frame.bytes);
    run.reached(window.position);
    yield;
  }
  if (info?.frames != null && count < info.frames)
    run.problem(`the file ends after ${count} of ${info.frames} frames`, true);
  else if (info?.whole?.bytes === end - start + infoBytes && info.whole.checksum !== checksum)
    run.problem("somewhere before, bytes are not what the encoder wrote: their checksum is another one");
}

/** One channel of the decoder's two where there is one; silence where it gave nothing. */
function fitted(decoded: Channels | null, { channelCount, frames }: MpegFrameHeader): Channels {
  const [left] = decoded ?? [];
  if (!decoded || left?.length !== frames) return silence(channelCount, frames);
  return decoded.slice(0, channelCount);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What of the decoded frames is sound; padding may lie in the middle where files were put behind each other. */
function keptRanges(info: MpegInfo | null, { frames }: MpegFrameHeader): Range[] {
  if (!info?.padding) return [{ from: 0, to: Infinity }];
  const from = info.padding.start + DECODER_DELAY;
  if (info.frames === null) return [{ from, to: Infinity }];
  const end = info.frames * frames;
  return [
    { from, to: end - info.padding.end + DECODER_DELAY },
    { from: end, to: Infinity },
  ];
}
