import type { FileHandle } from "node:fs/promises";
import type { AudioFile, Channels } from "../audioFile.ts";
import { ByteWindow } from "../byteWindow.ts";
import { silence, slice } from "../channels.ts";
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
): AsyncGenerator<Channels, void, undefined> {
  let decoder = await FlacDecoder.create(info);
  let position = 0;
  for await (const { header, bytes } of flacFrames(window, info, run.problem)) {
    // Each frame says where it belongs, so what is lost between two of them is as long as it was.
    for (; position < header.startFrame; position += SILENCE_FRAMES)
      yield silence(info.channelCount, Math.min(SILENCE_FRAMES, header.startFrame - position));
    const decoded = decoder.decode(bytes);
    if (decoded?.[0]?.length !== header.frames) {
      run.problem("a frame is damaged");
      decoder = await FlacDecoder.create(info);
    }
    const whole =
      decoded?.[0]?.length === header.frames ? decoded : silence(info.channelCount, header.frames);
    const wanted = Math.min(header.frames, (info.frames ?? Infinity) - header.startFrame);
    yield wanted < header.frames ? slice(whole, 0, wanted) : whole;
    position = header.startFrame + wanted;
    run.reached(window.position);
  }
  if (info.frames !== null && position < info.frames) run.problem("the file ends before its sound does");
}
