import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure, messageOf } from "../failure.ts";
import { newWorkFile, temporaryFolderVariable } from "../workFile.ts";
import type { SegmentAudio } from "../worker/lane/laneProtocol.ts";

/** Where a piece lies: its blocks' lengths, then one channel after the other. */
interface Kept {
  readonly position: number;
  readonly blockCount: number;
  readonly frames: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly startFrame: number;
}

/** Who hears it again, as a sentence begins that says where it lies. */
export type RenderedFor =
  | "A file stage hears the recording again from"
  | "Variants are compared with the sound of the pipeline as written, which is kept in";

/** The recording as rendered, on disk for whoever wants to hear it again: whole files are never in memory. */
export class RenderedAudio {
  readonly #file: FileHandle;
  readonly #folder: string;
  readonly #for: RenderedFor;
  readonly #kept = new Map<number, Kept>();
  #end = 0;

  private constructor(file: FileHandle, folder: string, renderedFor: RenderedFor) {
    this.#file = file;
    this.#folder = folder;
    this.#for = renderedFor;
  }

  /** @throws Failure where the folder can't be made */
  static async create(folder: string, renderedFor: RenderedFor): Promise<RenderedAudio> {
    try {
      return new RenderedAudio(await newWorkFile(folder, "rendered.f32"), folder, renderedFor);
    } catch (error) {
      throw unwritable(folder, renderedFor, error);
    }
  }

  /** @param index of the piece, in order of time. @throws Failure where the disk is full */
  async keep(index: number, { blocks, channels, sampleRate, startFrame }: SegmentAudio): Promise<void> {
    const parts = [Uint32Array.from(blocks), ...channels];
    this.#kept.set(index, {
      position: this.#end,
      blockCount: blocks.length,
      frames: blocks.reduce((sum, length) => sum + length, 0),
      channelCount: channels.length,
      sampleRate,
      startFrame,
    });
    let at = this.#end;
    this.#end += parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    for (const part of parts) {
      await this.#write(bytesOf(part), at);
      at += part.byteLength;
    }
  }

  /** Null where nothing was kept: past the end. */
  async read(index: number): Promise<SegmentAudio | null> {
    const kept = this.#kept.get(index);
    if (!kept) return null;
    const blocks = new Uint32Array(kept.blockCount);
    const channels = Array.from({ length: kept.channelCount }, () => new Float32Array(kept.frames));
    let at = kept.position;
    for (const part of [blocks, ...channels]) {
      await this.#file.read(bytesOf(part), 0, part.byteLength, at);
      at += part.byteLength;
    }
    return { sampleRate: kept.sampleRate, startFrame: kept.startFrame, blocks: [...blocks], channels };
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** A disk that is nearly full takes a part at first. */
  async #write(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const left = bytes.length - done;
        done += (await this.#file.write(bytes, done, left, position + done)).bytesWritten;
      }
    } catch (error) {
      throw unwritable(this.#folder, this.#for, error);
    }
  }
}

function unwritable(folder: string, renderedFor: RenderedFor, error: unknown): Failure {
  const place = dirname(folder);
  const variable = temporaryFolderVariable();
  const isFull = error instanceof Error && "code" in error && error.code === "ENOSPC";
  return new Failure(
    "engine",
    isFull
      ? `${renderedFor} ${place}, where the disk is full: make room there, or let ${variable} name another folder.`
      : `${renderedFor} ${place}, where nothing can be written (${messageOf(error)}): let ${variable} name another folder.`,
  );
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
