import { basename } from "node:path";
import type { FileMark } from "../../files/mayReplace.ts";
import { Draft } from "../../files/draft.ts";
import { WriteError } from "../../files/writeError.ts";
import type { Block } from "../../pipeline.ts";
import { BYTES_PER_SAMPLE, PcmEncoder, type WavEncoding } from "./pcmEncoder.ts";
import { headerBytes, wavHeader } from "./wavHeader.ts";

export interface WavWriterOptions {
  /** In Hz. */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** `float32` where it isn't given. Integers clip at full scale. */
  readonly encoding?: WavEncoding;
  /** `triangular` adds noise of ±1 step before rounding to integers, the same each time; `none` where it isn't given. */
  readonly dither?: "none" | "triangular";
  /** A tag that players show (`ICMT`); none where it isn't given. */
  readonly comment?: string;
  /** What marks files that may be replaced, such as `wavMark(comment)`; any may where it isn't given. */
  readonly own?: FileMark;
}

/**
 * Writes a WAV file block by block, beyond 4 GB as RF64. The file gets its name when it is complete: until then it has a
 * temporary one beside it, which is removed where anything fails.
 */
export class WavWriter {
  readonly #path: string;
  readonly #draft: Draft;
  readonly #options: WavWriterOptions;
  readonly #encoder: PcmEncoder;
  readonly #headerBytes: number;
  #frames = 0;
  #isOpen = true;

  private constructor(path: string, draft: Draft, options: WavWriterOptions) {
    this.#path = path;
    this.#draft = draft;
    this.#options = options;
    this.#headerBytes = headerBytes({ comment: options.comment ?? "" });
    this.#encoder = new PcmEncoder(options.encoding ?? "float32", options.dither === "triangular");
  }

  /** @throws WriteError where nothing can be written there, RangeError for options that no file can have */
  static async create(path: string, options: WavWriterOptions): Promise<WavWriter> {
    const { sampleRate, channelCount } = options;
    if (!Number.isInteger(sampleRate) || sampleRate < 1 || sampleRate > 2 ** 32 - 1)
      throw new RangeError(`The sampleRate of a WAV file is ${sampleRate}: give a whole number of Hz.`);
    if (!Number.isInteger(channelCount) || channelCount < 1 || channelCount > 65_535)
      throw new RangeError(
        `The channelCount of a WAV file is ${channelCount}: give a whole number from 1 to 65535.`,
      );
    const draft = await Draft.create(path).catch(async (error: unknown) => {
      throw await WriteError.of(error, path);
    });
    const writer = new WavWriter(path, draft, options);
    // Room for the header; its figures are known at the end.
    await writer.#put(new Uint8Array(writer.#headerBytes), 0);
    return writer;
  }

  /** Adds frames. @param channels one array per channel, all of one length @throws WriteError */
  async write(channels: readonly Float32Array[]): Promise<void> {
    const frames = channels[0]?.length ?? 0;
    if (channels.length !== this.#options.channelCount || channels.some(({ length }) => length !== frames))
      throw new RangeError(
        `${basename(this.#path)} has ${this.#options.channelCount} channels of one length; other ones were given.`,
      );
    const bytes = this.#encoder.encode(channels, frames);
    await this.#put(bytes, this.#dataEnd());
    this.#frames += frames;
  }

  /** Completes the file and gives it its name. @throws WriteError */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    const end = this.#dataEnd();
    if (end % 2 === 1) await this.#put(new Uint8Array(1), end);
    const { sampleRate, channelCount, encoding = "float32", comment = "" } = this.#options;
    await this.#put(wavHeader({ sampleRate, channelCount, encoding, comment, frames: this.#frames }), 0);
    this.#isOpen = false;
    try {
      await this.#draft.complete(this.#options.own);
    } catch (error) {
      throw await WriteError.of(error, this.#path);
    }
  }

  /** Leaves nothing behind. */
  async abort(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#draft.discard();
  }

  #dataEnd(): number {
    const { channelCount, encoding = "float32" } = this.#options;
    return this.#headerBytes + this.#frames * channelCount * BYTES_PER_SAMPLE[encoding];
  }

  async #put(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#draft.file.write(
          bytes,
          done,
          bytes.length - done,
          position + done,
        );
        done += bytesWritten;
      }
    } catch (error) {
      await this.abort();
      throw await WriteError.of(error, this.#path);
    }
  }
}

export interface WriteWavOptions extends Omit<WavWriterOptions, "channelCount"> {
  /** As many as the first block has where it isn't given. */
  readonly channelCount?: number;
}

/**
 * Writes a whole WAV file of blocks as they come.
 * @throws WriteError, RangeError for options that no file can have, and what the blocks' source throws
 */
export async function writeWav(
  path: string,
  blocks: Iterable<Pick<Block, "channels">> | AsyncIterable<Pick<Block, "channels">>,
  options: WriteWavOptions,
): Promise<void> {
  const create = (channelCount: number): Promise<WavWriter> =>
    WavWriter.create(path, { ...options, channelCount });
  // Before a block is asked for, where that can be: what can't be written is known at once then.
  let writer = options.channelCount === undefined ? undefined : await create(options.channelCount);
  try {
    for await (const block of blocks) {
      if (!isBlock(block)) throw new TypeError("writeWav takes blocks: give [{ channels: [left, right] }].");
      writer ??= await create(block.channels.length);
      await writer.write(block.channels);
    }
    if (!writer) throw new RangeError("A WAV file of no blocks has no channels: give channelCount.");
    await writer.close();
  } finally {
    await writer?.abort();
  }
}

/** An array of channels is easily taken for one of blocks. */
const isBlock = (block: Partial<Pick<Block, "channels">>): boolean => Array.isArray(block.channels);
