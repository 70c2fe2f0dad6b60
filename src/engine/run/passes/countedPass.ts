import { formatDuration } from "../../../core/format.ts";
import type { Milliseconds, Seconds } from "../../../core/units.ts";
import type { PassRecord } from "../../figures/pass/passRecord.ts";
import { countPointsOf, type CountPoint } from "../../modules/counting/countPoints.ts";
import { excerptsOf } from "../../plan/excerpts.ts";
import { oneGroup } from "../../plan/groups.ts";
import type { Counted, CountedJob, SegmentAudio } from "../../worker/lane/laneProtocol.ts";
import { buffersOf } from "../../worker/lane/segmentAudio.ts";
import { describePass, type MeasuredPass } from "./describePass.ts";
import type { MeasureOptions } from "./measureOptions.ts";
import { readAudio, type PassSetting } from "./passSteps.ts";

export interface CountedExcerpt extends Counted {
  /** Where the first stretch begins. */
  readonly startSeconds: Seconds;
  /** On the engine's clock. */
  readonly began: Milliseconds;
  /** What was counted, in the order of the counts. */
  readonly points: readonly CountPoint[];
}

export interface CountedRun {
  /** Null where it failed or would have taken too long; `problem` then says why. */
  readonly found: CountedExcerpt | null;
  readonly problem: string | null;
  readonly pass: MeasuredPass | null;
}

/** For the blocks; each stretch has its part of it. */
const BUDGET_MS: Milliseconds = 400;
const MOST_SECONDS: Seconds = 8;
/** So many times slower code is that V8 counts (profiling facts). */
const SLOWER = 8;
/** The first block of a stretch isn't like the others: fewer stretches where there is no time for so many of each. */
const FEWEST_BLOCKS = 4;
/** A block, or a file stage, isn't counted where that would take longer. */
const LONGEST_MS: Milliseconds = 4000;
const LONGEST_FILE_STAGE_MS: Milliseconds = 1000;

/** Counts an excerpt on a lane that is opened for it and closed after it: counting makes a lane slow for good. */
export async function countedPass(
  options: MeasureOptions,
  setting: PassSetting,
  timed: PassRecord,
): Promise<CountedRun | null> {
  if (options.isCancelled()) return null;
  const blockMs = slowedBlockMs(setting, timed);
  if (blockMs > LONGEST_MS) {
    const problem = `Counting would take about ${formatDuration(blockMs)} for one block, so how often lines run isn't known.`;
    return { found: null, problem, pass: null };
  }
  try {
    const stretches = Math.max(1, Math.floor(BUDGET_MS / blockMs / FEWEST_BLOCKS));
    const found = await countOnLane(options, setting, timed, stretches);
    return options.isCancelled()
      ? null
      : {
          found,
          problem: null,
          pass: describePass({
            kind: "counted",
            began: found.began,
            wallMs: found.wallMs,
            frames: found.frames,
          }),
        };
  } catch (error) {
    if (options.isCancelled()) return null;
    const problem = `How often lines run isn't known, because the pipeline failed when it was run again to count them: ${options.explain(error)}`;
    return { found: null, problem, pass: null };
  }
}

async function countOnLane(
  options: MeasureOptions,
  setting: PassSetting,
  timed: PassRecord,
  stretches: number,
): Promise<CountedExcerpt> {
  const { source, pipeline, watch, pool } = options;
  watch.enter("counted", 1, { ms: BUDGET_MS });
  const { lane } = await options.openLane(false, { counts: true });
  try {
    const segments: SegmentAudio[] = [];
    for (const excerpt of excerptsOf(source, pipeline.blockFrames, MOST_SECONDS).slice(0, stretches))
      segments.push(await readAudio(setting, excerpt));
    const fileStages = fileStagesToCount(setting, timed);
    // Only now is everything loaded.
    const { files, points } = countPointsOf(options.table.sources);
    const job: CountedJob = {
      segments,
      fileStagesFrom: oneGroup(pipeline.stages)[0]?.to ?? 0,
      fileStages,
      emissions: fileStages.length > 0 ? timed.emissions : [],
      endSeconds: source.frames / source.sampleRate,
      budgetMs: BUDGET_MS,
      files,
    };
    const began = performance.now();
    const counted = await lane.channel.call("count", job, buffersOf(...segments));
    const [first] = segments;
    return { ...counted, startSeconds: first ? first.startFrame / first.sampleRate : 0, began, points };
  } finally {
    await pool.close(lane);
  }
}

/** How long a block would take, waiting included. */
function slowedBlockMs({ pipeline }: PassSetting, { stages }: PassRecord): Milliseconds {
  return pipeline.stages.reduce((sum, { scope }, index) => {
    const tally = scope === "file" ? undefined : stages[index];
    if (!tally || tally.calls === 0) return sum;
    return sum + (tally.wallMs + (SLOWER - 1) * tally.workMs) / tally.calls;
  }, 0);
}

/** As in the sampled pass none that waits, and none that would take long. */
function fileStagesToCount({ pipeline }: PassSetting, { stages }: PassRecord): number[] {
  return pipeline.stages.flatMap(({ scope }, index) => {
    const tally = stages[index];
    const isQuick = tally !== undefined && SLOWER * tally.workMs <= LONGEST_FILE_STAGE_MS;
    return scope === "file" && isQuick && !tally.asynchronous ? [index] : [];
  });
}
