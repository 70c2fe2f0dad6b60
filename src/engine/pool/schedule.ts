import type { Group } from "../plan/groups.ts";
import type { Segment } from "../plan/grid.ts";
import type { Job, JobResult, PassMode, SegmentAudio } from "../worker/laneProtocol.ts";
import { tailOf } from "./tail.ts";
import type { Lane } from "./lane.ts";

export interface ScheduleOptions {
  readonly lanes: readonly Lane[];
  readonly groups: readonly Group[];
  readonly segments: readonly Segment[];
  readonly mode: PassMode;
  /** Whether the rendered audio is needed afterwards. */
  readonly wantsAudio: boolean;
  read(segment: Segment): Promise<SegmentAudio>;
  /** In order of segments within a group. */
  onResult(group: number, segment: number, result: JobResult): Promise<void>;
  /** Asked before each job: true ends the pass with what it has. */
  isOver(): boolean;
}

interface Waiting {
  readonly group: number;
  readonly segment: number;
  readonly audio: SegmentAudio;
  readonly warmUp: SegmentAudio | null;
}

/** How many segments may be between reading and their end, for each lane. */
const READ_AHEAD = 2;

/**
 * Sends every segment through every group: a group in order stays on one lane, any other goes wherever one is free.
 * Resolves when all segments are through, or the pass is over.
 */
export function runSchedule(options: ScheduleOptions): Promise<void> {
  const { lanes, groups, segments } = options;
  return new Promise((resolve, reject) => {
    const idle = new Set(lanes);
    const waiting: Waiting[] = [];
    /** Per group in order: the segment it takes next. */
    const next = groups.map(() => 0);
    /** Per warming group: what the segment before put in, and segments that came too early. */
    const tails = groups.map(() => new Map<number, SegmentAudio>());
    const early = groups.map(() => new Map<number, SegmentAudio>());
    let reading = 0;
    let read = 0;
    let through = 0;
    let failed = false;

    const fail = (error: unknown): void => {
      failed = true;
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const guard = (work: Promise<void>): void => {
      work.catch(fail);
    };
    const homeOf = (group: number): Lane | undefined => {
      if (!groups[group]?.inOrder) return undefined;
      const rank = groups.slice(0, group).filter(({ inOrder }) => inOrder).length;
      return lanes[rank % lanes.length];
    };

    const readMore = async (): Promise<void> => {
      const segment = segments[read];
      if (!segment || read - through >= READ_AHEAD * lanes.length || options.isOver()) return;
      read += 1;
      reading += 1;
      const audio = await options.read(segment);
      reading -= 1;
      enter(0, segment.index, audio);
    };

    /** A segment reaches a group; one that must warm up also needs the end of the segment before. */
    const enter = (group: number, segment: number, audio: SegmentAudio): void => {
      const warmUp = groups[group]?.warmUp ?? 0;
      if (warmUp === 0) {
        waiting.push({ group, segment, audio, warmUp: null });
      } else {
        tails[group]?.set(segment, tailOf(audio, warmUp));
        early[group]?.set(segment, audio);
        for (const at of [segment, segment + 1]) release(group, at);
      }
      dispatch();
    };
    const release = (group: number, segment: number): void => {
      const audio = early[group]?.get(segment);
      const before = tails[group]?.get(segment - 1) ?? null;
      if (!audio || (segment > 0 && !before)) return;
      early[group]?.delete(segment);
      tails[group]?.delete(segment - 1);
      waiting.push({ group, segment, audio, warmUp: before });
    };

    const dispatch = (): void => {
      if (failed) return;
      for (const lane of idle) {
        const index = bestFor(lane);
        const [chosen] = index < 0 ? [] : waiting.splice(index, 1);
        if (!chosen || options.isOver()) continue;
        idle.delete(lane);
        guard(work(lane, chosen));
      }
      if (through === segments.length || (options.isOver() && idle.size === lanes.length && reading === 0))
        resolve();
      guard(readMore());
    };
    /** Later groups first, so that segments leave as fast as they come. */
    const bestFor = (lane: Lane): number => {
      let best = -1;
      waiting.forEach(({ group, segment }, index) => {
        const home = homeOf(group);
        if (home ? home !== lane || next[group] !== segment : false) return;
        if (best < 0 || group > (waiting[best]?.group ?? -1)) best = index;
      });
      return best;
    };

    const work = async (lane: Lane, { group, segment, audio, warmUp }: Waiting): Promise<void> => {
      const { from = 0, to = 0 } = groups[group] ?? {};
      const isLast = group === groups.length - 1;
      const job: Job = {
        mode: options.mode,
        alone: lanes.length === 1,
        from,
        to,
        segment,
        audio,
        warmUp,
        last: segment === segments.length - 1,
        wantsAudio: options.wantsAudio || !isLast,
      };
      const result = await lane.channel.call("run", job, buffersOf(audio, warmUp));
      next[group] = segment + 1;
      await options.onResult(group, segment, result);
      idle.add(lane);
      if (isLast) through += 1;
      else enter(group + 1, segment, result.audio ?? nothingAfter(audio));
      dispatch();
    };

    dispatch();
  });
}

const buffersOf = (...parts: readonly (SegmentAudio | null)[]): ArrayBuffer[] =>
  parts.flatMap((part) => part?.channels.map(({ buffer }) => buffer) ?? []);

/** A group kept everything back: the next one still has to know that the segment is over. */
const nothingAfter = ({ sampleRate, startFrame }: SegmentAudio): SegmentAudio => ({
  sampleRate,
  startFrame,
  blocks: [],
  channels: [],
});
