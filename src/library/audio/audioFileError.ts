/** An audio file that can't be read or written: one sentence that says what, where and what to do. */
export class AudioFileError extends Error {
  override readonly name = "AudioFileError";
}
