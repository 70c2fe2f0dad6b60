import { noteFallback } from "../../fallbacks.ts";
import type { AudioFile, Channels, DecodeOptions } from "../audioFile.ts";
import { NoDecoder } from "../wasm/decoderPackage.ts";
import { openByFfmpeg } from "./ffmpeg.ts";

/** The file, decoded by ffmpeg where its own decoder can't be loaded: WebAssembly may be switched off. */
export function withFfmpegInstead(file: AudioFile, path: string): AudioFile {
  async function* decode(options?: DecodeOptions): AsyncGenerator<Channels, void, undefined> {
    try {
      yield* file.decode(options);
    } catch (error) {
      if (!(error instanceof NoDecoder)) throw error;
      const other = await openByFfmpeg(path, file.name, file.encoding);
      noteFallback({ wanted: `the decoder for ${file.encoding}`, taken: "ffmpeg", reason: error.message });
      yield* other.decode(options);
    }
  }
  return { ...file, decode };
}
