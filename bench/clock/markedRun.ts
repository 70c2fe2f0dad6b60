import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import type { Milliseconds, Seconds } from "../../src/core/units.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { startProfiling } from "../profiling.ts";
import { writeNoise } from "../recording.ts";

export const WORKERS = 2;
const SEGMENT_SECONDS: Seconds = 1;
const RECORDING_SECONDS = { quick: 10, usual: 60, full: 600 };

/** How far the run's times are from the pipeline's own. */
export interface MarkedRun {
  /** Threads of which each was one worker of the run all along. */
  readonly workers: number;
  /** At most, over all workers; null where the run doesn't say. */
  readonly spansMs: Milliseconds | null;
  /** By which each collection that the pipeline asked for lies outside of its wait for it; null where the run doesn't say. */
  readonly collections: readonly Milliseconds[] | null;
}

/** One call of the stage, in ms on the system's clock. */
interface Mark {
  readonly thread: number;
  readonly segment: number;
  readonly began: Milliseconds;
  readonly ended: Milliseconds;
  /** When a collection was asked for and when it was over; null where none was. */
  readonly collected: readonly [Milliseconds, Milliseconds] | null;
}

/** Profiles a pipeline that reads the system's clock itself, over several workers. */
export async function markedRun({ root, machine, folder, extent }: BenchmarkSetting): Promise<MarkedRun> {
  const audio = join(folder, "marks.wav");
  await writeNoise(audio, RECORDING_SECONDS[extent]);
  const pipeline = join(folder, "marks.pipeline.js");
  await writeFile(pipeline, PIPELINE);
  const settings = { workers: WORKERS, segmentSeconds: SEGMENT_SECONDS, samplingMs: 0 };
  const { outcome } = await startProfiling({ root, machine, audio, pipeline, workspace: folder, settings });
  const { run } = await outcome;
  const marks = marksOf(run);
  const { pool, collections } = run;
  if (!pool) return { workers: 0, spansMs: null, collections: null };
  const jobs = markedJobs(marks, pool.timeline);
  // All calls lie within their jobs: so much earlier and later may the pass have begun, from which the run's times count.
  const latest = jobs.map(({ firstBegan, beganMs }) => firstBegan - beganMs);
  const earliest = jobs.map(({ lastEnded, endedMs }) => lastEnded - endedMs);
  const byWorker = [...new Set(jobs.map(({ worker }) => worker))].map((worker) => ({
    latest: Math.min(...latest.filter((_, job) => jobs[job]?.worker === worker)),
    earliest: Math.max(...earliest.filter((_, job) => jobs[job]?.worker === worker)),
  }));
  const spansMs =
    Math.max(...byWorker.map((axis) => axis.latest)) - Math.min(...byWorker.map((axis) => axis.earliest));
  const passBegan = (Math.min(...latest) + Math.max(...earliest)) / 2;
  return {
    workers: steadyWorkers(jobs),
    spansMs,
    collections: collections ? collectionsOff(marks, collections.pauses, passBegan) : null,
  };
}

const PIPELINE = `import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { threadId } from "node:worker_threads";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const now = () => Number(process.hrtime.bigint()) / 1e6;

export default {
  name: "Marks",
  blockFrames: 2000,
  stages: {
    marks: {
      scope: "block",
      create: ({ emit }) => {
        let calls = 0;
        return ({ channels: [voice] }) => {
          const began = now();
          let collected = null;
          let level = voice[0];
          for (let i = 0; i < 100000; i += 1) level = 1 / (level + 1);
          calls += 1;
          if (calls % 4 === 0) {
            const asked = now();
            collect();
            collected = [asked, now()];
          }
          voice[0] = level;
          emit("mark", { thread: threadId, began, ended: now(), collected });
        };
      },
    },
  },
};
`;

const marksOf = (run: Run): Mark[] =>
  run.results.map(({ time, value }) => ({
    ...(value as unknown as Omit<Mark, "segment">),
    segment: Math.floor(time / SEGMENT_SECONDS + 1e-9),
  }));

interface MarkedJob {
  readonly thread: number;
  readonly worker: number;
  readonly firstBegan: Milliseconds;
  readonly lastEnded: Milliseconds;
  readonly beganMs: Milliseconds;
  readonly endedMs: Milliseconds;
}

/** A segment is so short that one job takes all of it. */
function markedJobs(marks: readonly Mark[], timeline: NonNullable<Run["pool"]>["timeline"]): MarkedJob[] {
  return timeline.segment.flatMap((segment, job) => {
    const inIt = marks.filter((mark) => mark.segment === segment);
    const [first] = inIt;
    if (!first) return [];
    return {
      thread: first.thread,
      worker: timeline.worker[job] ?? -1,
      firstBegan: Math.min(...inIt.map(({ began }) => began)),
      lastEnded: Math.max(...inIt.map(({ ended }) => ended)),
      beganMs: timeline.beganMs[job] ?? 0,
      endedMs: timeline.endedMs[job] ?? 0,
    };
  });
}

function steadyWorkers(jobs: readonly MarkedJob[]): number {
  const workersOf = new Map<number, Set<number>>();
  for (const { thread, worker } of jobs)
    workersOf.set(thread, (workersOf.get(thread) ?? new Set()).add(worker));
  return [...workersOf.values()].filter(({ size }) => size === 1).length;
}

/** V8 may collect in several steps: the one that lies least outside of the time that the pipeline waited. */
function collectionsOff(
  marks: readonly Mark[],
  pauses: NonNullable<Run["collections"]>["pauses"],
  passBegan: Milliseconds,
): Milliseconds[] {
  return marks.flatMap(({ collected }) => {
    if (!collected) return [];
    const [asked, over] = collected;
    const outside = pauses.map(({ atMs, ms }) => {
      const began = passBegan + atMs;
      return Math.max(0, asked - began, began + ms - over);
    });
    return outside.length > 0 ? [Math.min(...outside)] : [];
  });
}
