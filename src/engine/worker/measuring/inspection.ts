import type { Block } from "../../../library/pipeline.ts";

/** What went through the stages in a pass that isn't timed, a place per block of the job. */
export interface Inspection {
  /** Of the recording: the loudest sample, and the root of the mean square. */
  readonly peak: Float32Array<ArrayBuffer>;
  readonly rms: Float32Array<ArrayBuffer>;
  /** Samples at full scale beside others there. */
  readonly clipped: Uint32Array<ArrayBuffer>;
  readonly crossings: Uint32Array<ArrayBuffer>;
  /** Denormal samples, of the stage that put out most of them. */
  readonly denormals: Uint32Array<ArrayBuffer>;
  /** Of the job, by stage: whether it changed a sample, a length or a rate. */
  readonly changed: readonly number[];
}

const FULL_SCALE = 0.9999;
/** The least number that a Float32 holds with all its digits. */
const LEAST_NORMAL = 2 ** -126;

/** Looks at what goes into stages and comes out of them. */
export class Inspector {
  readonly #peak: Float32Array<ArrayBuffer>;
  readonly #rms: Float32Array<ArrayBuffer>;
  readonly #clipped: Uint32Array<ArrayBuffer>;
  readonly #crossings: Uint32Array<ArrayBuffer>;
  readonly #denormals: Uint32Array<ArrayBuffer>;
  readonly #changed = new Set<number>();
  #given: readonly Float32Array[] = [];

  /** @param blocks of the job */
  constructor(blocks: number) {
    this.#peak = new Float32Array(blocks);
    this.#rms = new Float32Array(blocks);
    this.#clipped = new Uint32Array(blocks);
    this.#crossings = new Uint32Array(blocks);
    this.#denormals = new Uint32Array(blocks);
  }

  /** A block of the recording, before any stage. */
  begin(index: number, { channels, frames }: Block): void {
    let [peak, squares, clipped, crossings] = [0, 0, 0, 0];
    for (const channel of channels) {
      let before = 0;
      for (let frame = 0; frame < channel.length; frame++) {
        const sample = channel[frame] ?? 0;
        peak = Math.max(peak, Math.abs(sample));
        squares += sample * sample;
        if (Math.abs(sample) >= FULL_SCALE && Math.abs(before) >= FULL_SCALE) clipped += 1;
        if (sample < 0 !== before < 0) crossings += 1;
        before = sample;
      }
    }
    this.#peak[index] = peak;
    this.#rms[index] = Math.sqrt(squares / Math.max(1, frames * channels.length));
    this.#clipped[index] = clipped;
    this.#crossings[index] = crossings;
  }

  beforeStage({ channels }: Block): void {
    this.#given = channels.map((channel) => channel.slice());
  }

  afterStage(index: number, stage: number, put: Block): void {
    if (!isSame(this.#given, put.channels)) this.#changed.add(stage);
    const denormals = put.channels.reduce((sum, channel) => sum + denormalsIn(channel), 0);
    this.#denormals[index] = Math.max(this.#denormals[index] ?? 0, denormals);
  }

  take(blocks: number): Inspection {
    return {
      peak: this.#peak.slice(0, blocks),
      rms: this.#rms.slice(0, blocks),
      clipped: this.#clipped.slice(0, blocks),
      crossings: this.#crossings.slice(0, blocks),
      denormals: this.#denormals.slice(0, blocks),
      changed: [...this.#changed],
    };
  }
}

function isSame(given: readonly Float32Array[], put: readonly Float32Array[]): boolean {
  return (
    given.length === put.length &&
    given.every((channel, index) => {
      const other = put[index];
      return other?.length === channel.length && channel.every((sample, at) => Object.is(sample, other[at]));
    })
  );
}

function denormalsIn(channel: Float32Array): number {
  let count = 0;
  for (let frame = 0; frame < channel.length; frame++) {
    const size = Math.abs(channel[frame] ?? 0);
    if (size > 0 && size < LEAST_NORMAL) count += 1;
  }
  return count;
}
