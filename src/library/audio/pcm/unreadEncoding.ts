import { AudioFileError } from "../audioFileError.ts";

/** A file of WAV or AIFF whose samples are compressed or stored in some other way: ffmpeg may know it. */
export class UnreadEncoding extends AudioFileError {
  /** `WAV encoding 6` */
  readonly kind: string;

  constructor(name: string, bits: string, kind: string) {
    super(
      `${name} stores ${bits} a sample in ${kind}, which isn't read. Export it as PCM of 8 to 32 bits or as float, or install ffmpeg.`,
    );
    this.kind = kind;
  }
}
