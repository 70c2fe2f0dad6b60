import { mkdir, open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { SegmentAudio } from "../worker/laneProtocol.ts";

type Kept = Omit<SegmentAudio, "channels"> & { readonly position: number; readonly channelCount: number };

/** The recording as rendered, on disk for file stages that want to hear it again: whole files are never in memory. */
export class RenderedAudio {
  readonly #file: FileHandle;
  readonly #kept = new Map<number, Kept>();
  #end = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(folder: string): Promise<RenderedAudio> {
    // A recording is nobody else's business, and folders for temporary files are everybody's.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new RenderedAudio(await open(join(folder, "rendered.f32"), "w+"));
  }

  async keep(segment: number, audio: SegmentAudio): Promise<void> {
    const { channels, ...rest } = audio;
    const position = this.#end;
    this.#end += channels.reduce((sum, channel) => sum + channel.byteLength, 0);
    this.#kept.set(segment, { ...rest, position, channelCount: channels.length });
    let at = position;
    for (const channel of channels) {
      await this.#file.write(
        new Uint8Array(channel.buffer, channel.byteOffset, channel.byteLength),
        0,
        channel.byteLength,
        at,
      );
      at += channel.byteLength;
    }
  }

  /** Null where nothing was kept: past the end. */
  async read(segment: number): Promise<SegmentAudio | null> {
    const kept = this.#kept.get(segment);
    if (!kept) return null;
    const frames = kept.blocks.reduce((sum, length) => sum + length, 0);
    const channels: Float32Array<ArrayBuffer>[] = [];
    for (let channel = 0; channel < kept.channelCount; channel++) {
      const samples = new Float32Array(frames);
      const bytes = new Uint8Array(samples.buffer);
      await this.#file.read(bytes, 0, bytes.length, kept.position + channel * bytes.length);
      channels.push(samples);
    }
    return { sampleRate: kept.sampleRate, startFrame: kept.startFrame, blocks: kept.blocks, channels };
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
