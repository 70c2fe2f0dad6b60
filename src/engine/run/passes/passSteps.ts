import type { Bytes } from "../../../core/units.ts";
import type { AudioSource } from "../../audio/audioSource.ts";
import type { TalliedJob } from "../../figures/pass/talliedJob.ts";
import type { PassRecord } from "../../figures/pass/passRecord.ts";
import type { ReadAhead } from "../../memory/readAhead.ts";
import type { Segment } from "../../plan/grid.ts";
import type { Group } from "../../plan/groups.ts";
import { piecesOf, type Piece } from "../../plan/pieces.ts";
import type { Lane } from "../../pool/lane.ts";
import type { RenderedAudio } from "../../pool/renderedAudio.ts";
import { runSchedule } from "../../pool/schedule.ts";
import { blockLengths } from "../../worker/stages/blocks.ts";
import { clockOffset } from "../../worker/measuring/clock.ts";
import type {
  LoadedPipeline,
  PassMode,
  Probe,
  Sampled,
  SegmentAudio,
} from "../../worker/lane/laneProtocol.ts";

/** What every pass of a run works on. */
export interface PassSetting {
  readonly source: AudioSource;
  readonly pipeline: LoadedPipeline;
  readonly segments: readonly Segment[];
  readonly readAhead: ReadAhead;
  /** Time to read and decode, summed. */
  readonly decoding: { ms: number };
  isCancelled(): boolean;
}

/** Reads a part of the recording and cuts it into blocks. */
export async function readAudio(
  setting: PassSetting,
  part: Pick<Piece, "startFrame" | "frames">,
): Promise<SegmentAudio> {
  const { source, pipeline, decoding } = setting;
  const start = performance.now();
  const channels = await source.read(part.startFrame, part.frames);
  decoding.ms += performance.now() - start;
  const blocks = blockLengths(part.frames, pipeline.blockFrames);
  return { sampleRate: source.sampleRate, startFrame: part.startFrame, blocks, channels };
}

export interface StreamPassOptions {
  readonly mode: PassMode;
  readonly lanes: readonly Lane[];
  readonly groups: readonly Group[];
  /** Whether the recording is read while lanes are at work. */
  readonly readsBeside: boolean;
  /** Where the rendered recording goes, piece by piece. */
  readonly rendered: Pick<RenderedAudio, "keep"> | null;
  /** Ends the pass early, besides a cancel. */
  isOver?(): boolean;
  /** Once for each part of the recording. */
  onRead?(audio: SegmentAudio): void;
  /** None where nothing is said. */
  readonly probe?: Probe;
  /** How much travels at once, where that shall be less than usual. */
  readonly pieceBytes?: Bytes;
  onJob?(job: TalliedJob): void;
}

/** Takes the recording through all stream and block stages, into the record. */
export async function runStreamPass(
  setting: PassSetting,
  record: PassRecord,
  options: StreamPassOptions,
): Promise<void> {
  const { groups, lanes, rendered } = options;
  const { sampleRate, channelCount } = setting.source;
  const { blockFrames } = setting.pipeline;
  let looked = -1;
  await Promise.all(lanes.map(({ channel }) => channel.call("reset", null)));
  const began = performance.now();
  record.began ??= began;
  const offset = clockOffset();
  const scheduled = runSchedule({
    lanes,
    groups,
    pieces: piecesOf(setting.segments, blockFrames, channelCount, options.pieceBytes),
    readAhead: setting.readAhead,
    mode: options.mode,
    probe: options.probe ?? "none",
    readsBeside: options.readsBeside,
    wantsAudio: rendered !== null,
    read: async (piece) => {
      const audio = await readAudio(setting, piece);
      if (piece.index > looked) options.onRead?.(audio);
      looked = Math.max(looked, piece.index);
      return audio;
    },
    onResult: async ({ group, piece, result, lane, ready, sent, received }) => {
      const isLast = group === groups.length - 1;
      record.add(piece.index, result);
      const blocks = blockLengths(piece.frames, blockFrames);
      const job: TalliedJob = {
        result,
        lane,
        firstBlock: piece.startFrame / blockFrames,
        from: groups[group]?.from ?? 0,
        to: groups[group]?.to ?? 0,
        segment: piece.segment,
        samples: piece.frames * channelCount,
        ready: ready - began,
        sent: sent - began,
        received: received - began,
        sincePassBegan: (time) => time + result.clock.offset - offset - began,
      };
      record.tally(job, sampleRate);
      options.onJob?.(job);
      if (groups.length === 1)
        record.addBlocks(
          job,
          blocks.map((frames) => (frames / sampleRate) * 1000),
        );
      if (!isLast) return;
      record.frames += blocks.slice(0, result.blockMs.length).reduce((sum, frames) => sum + frames, 0);
      if (rendered)
        await rendered.keep(
          piece.index,
          result.audio ?? { sampleRate, startFrame: 0, blocks: [], channels: [] },
        );
    },
    isOver: () => setting.isCancelled() || options.isOver?.() === true,
  });
  // A pass that was cut off has lasted, too.
  await scheduled.finally(() => {
    record.wallMs += performance.now() - began;
  });
}

/** Runs the file stages, in order, after the others. */
export async function runFileStages(setting: PassSetting, record: PassRecord, lane: Lane): Promise<void> {
  const { stages } = setting.pipeline;
  const endSeconds = setting.source.frames / setting.source.sampleRate;
  const began = performance.now();
  record.began ??= began;
  for (const [stage, { scope }] of stages.entries()) {
    if (scope !== "file" || setting.isCancelled()) continue;
    const job = { mode: "timed" as const, stage, emissions: record.emissions, endSeconds };
    record.add(Infinity, await lane.channel.call("runFileStage", job));
  }
  record.wallMs += performance.now() - began;
}

/** Ticks of a timed pass that was sampled itself. */
export async function takeSamples(lanes: readonly Lane[], record: PassRecord): Promise<void> {
  for (const { channel } of lanes) {
    const sampled: Sampled | null = await channel.call("takeSamples", null);
    if (sampled) record.addSampled(sampled);
  }
}
