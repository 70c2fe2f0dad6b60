import type { FileHandle } from "node:fs/promises";
import type { AudioFile } from "../audioFile.ts";
import { ByteWindow } from "../byteWindow.ts";
import { silence } from "../channels.ts";
import { compressedFile, type DecodeRun } from "../compressedFile.ts";
import { soundSpan } from "../tags.ts";
import { FlacDecoder } from "./flacDecoder.ts";
import { flacFrames } from "./frames.ts";
import { readFlacHead, type FlacStreamInfo } from "./streamInfo.ts";

const SILENCE_FRAMES = 16_384;

/** Opens FLAC of 4 to 32 bits. @throws AudioFileError */
export async function openFlac(file: FileHandle, name: string): Promise<AudioFile> {
  const { start, end } = await soundSpan(file);
  const { info, framesAt } = await readFlacHead(file, name, start, end);
  return compressedFile(file, name, {
    sampleRate: info.sampleRate,
    channelCount: info.channelCount,
    encoding: `FLAC, ${info.bitsPerSample}-bit`,
    frames: info.frames,
    decode: (run) => decode(new ByteWindow(file, framesAt, end), info, run),
  });
}

async function* decode(
  window: ByteWindow,
  info: FlacStreamInfo,
  run: DecodeRun,
): AsyncGenerator<void, void, undefined> {
  let decoder = await FlacDecoder.create(info);
  let position = 0;
  for await (const { header, bytes } of flacFrames(window, info, run.problem)) {
    // Each frame says where it belongs, so what is lost between two of them is as long as it was.
    for (; position < header.startFrame; position += SILENCE_FRAMES) {
      run.give(silence(info.channelCount, Math.min(SILENCE_FRAMES, header.startFrame - position)));
      yield;
    }
    const decoded = decoder.decode(bytes);
    const isWhole = decoded?.[0]?.length === header.frames;
    if (!isWhole) {
      run.problem("a frame is damaged");
      decoder = await FlacDecoder.create(info);
    }
    const wanted = Math.min(header.frames, (info.frames ?? Infinity) - header.startFrame);
    run.give(isWhole ? decoded : silence(info.channelCount, header.frames), 0, wanted);
    position = header.startFrame + wanted;
    run.reached(window.position);
    yield;
  }
  if (info.frames !== null && position < info.frames)
    run.problem("the file ends before its sound does", true);
}
