import { AudioFileError } from "../audioFileError.ts";
import { textAt, viewOf } from "../bytes.ts";
import { readWavFormat, type WavFormat } from "../pcm/wav.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const RIFF_BYTES = 12;
const CHUNK_HEADER = 8;

/** Takes WAV as it comes out of a pipe, with sizes that mean nothing: first its format, then whole frames. */
export class WavStream {
  #bytes: Bytes = new Uint8Array();
  #at = RIFF_BYTES;
  /** Known as soon as enough bytes came. */
  format: WavFormat | undefined;
  #isInData = false;

  /** @returns whole frames, as many as there are; none while the header isn't whole */
  take(piece: Bytes, name: string): Bytes {
    this.#bytes = joined(this.#bytes, piece);
    while (!this.#isInData && this.#takeChunk(name));
    if (!this.#isInData || !this.format) return new Uint8Array();
    const frameBytes = this.format.channelCount * 4;
    const whole = this.#bytes.length - (this.#bytes.length % frameBytes);
    const frames = this.#bytes.subarray(0, whole);
    this.#bytes = this.#bytes.subarray(whole);
    return frames;
  }

  /** @returns false where more bytes are needed */
  #takeChunk(name: string): boolean {
    const body = this.#at + CHUNK_HEADER;
    if (this.#bytes.length < body) return false;
    const id = textAt(this.#bytes, this.#at, 4);
    if (id === "data") {
      if (!this.format)
        throw new AudioFileError(`ffmpeg made no sound of ${name}. Convert it to WAV by hand.`);
      this.#bytes = this.#bytes.subarray(body);
      this.#isInData = true;
      return true;
    }
    const length = viewOf(this.#bytes).getUint32(this.#at + 4, true);
    if (this.#bytes.length < body + length) return false;
    if (id === "fmt ") this.format = readWavFormat(this.#bytes.subarray(body, body + length), name);
    this.#at = body + length + (length % 2);
    return true;
  }
}

function joined(before: Bytes, after: Bytes): Bytes {
  if (before.length === 0) return after;
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}
