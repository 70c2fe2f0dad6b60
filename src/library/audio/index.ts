export { isSeekable } from "./audioFile.ts";
export type { AudioFile, Channels, DecodeOptions, DecodeProblem, SeekableAudioFile } from "./audioFile.ts";
export { AudioFileError } from "./audioFileError.ts";
export { openAudioFile } from "./openAudioFile.ts";
export { readBlocks, type ReadBlocksOptions } from "./readBlocks.ts";
export type { WavEncoding } from "./writing/pcmEncoder.ts";
export { wavMark } from "./writing/wavHeader.ts";
export { WavWriter, writeWav, type WavWriterOptions, type WriteWavOptions } from "./writing/wavWriter.ts";
