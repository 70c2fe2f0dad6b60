import { join } from "node:path";
import { openSample } from "../../src/client/sample/sample.ts";
import type { Run, StageFigures } from "../../src/core/run/run.ts";
import type { Benchmark, BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, type Figure } from "../report/figure.ts";
import { startProfiling } from "../profiling.ts";
import { writeNoise } from "../recording.ts";
import { timedOverBare } from "./paired.ts";
import { STAGE_MICROSECONDS, writeSpanStages } from "./spanStages.ts";

const RUNS = { quick: 1, usual: 9, full: 51 };
const PAIRS = { quick: 5, usual: 201, full: 2001 };
const RECORDING_SECONDS = 2;
/** In percent of a stage's own time. */
const BOUND = 0.5;
/** Stages that take less for a block aren't promised anything. */
const LEAST_CALL_MS = 0.02;
const MOST_OVER_BARE = 1.03;
const MOST_NS_PER_SPAN = 100;
/** The sampled pass holds no spans; it can't be left out. */
const SAMPLING_MS = 100;

/** What the profiler itself costs. */
export const overhead: Benchmark = async (setting) => [
  ...(await madeStages(setting)),
  ...(await samplePipelines(setting)),
  ...(await pairs(setting)),
];

async function madeStages(setting: BenchmarkSetting): Promise<Figure[]> {
  const audio = join(setting.folder, "noise.wav");
  await writeNoise(audio, RECORDING_SECONDS);
  const pipeline = await writeSpanStages(setting.folder);
  const runs = await profileAll(setting, "made stages", audio, pipeline, setting.folder);
  // All blocks of these stages are alike, so the median leaves out those in which another process had the core.
  const stages = stagesOf(runs, ({ block }) => block.p50);
  return [
    spanFigure(median(runs.map(nsPerSpan))),
    ...stages.flatMap((found, index) =>
      figuresOf(`stage of ${STAGE_MICROSECONDS[index] ?? 0} µs a block`, found, true),
    ),
  ];
}

async function samplePipelines(setting: BenchmarkSetting): Promise<Figure[]> {
  const { root } = setting;
  const types = join(root, "dist", "library", "waveflame.d.ts");
  const folder = await openSample(join(root, "media", "sample"), join(setting.folder, "sample"), types);
  const figures: Figure[] = [];
  for (const [name, recording] of [
    ["voice-level", "speech.wav"],
    ["music-bands", "music.wav"],
  ] as const) {
    const [audio, pipeline] = [join(folder, recording), join(folder, `${name}.pipeline.ts`)];
    const runs = await profileAll(setting, name, audio, pipeline, folder);
    const whole = median(runs.map((run) => (timedPass(run)?.overhead.share ?? 0) * 100));
    figures.push(plainFigure(`${name}: spans of all stages`, whole, "%"));
    for (const found of stagesOf(runs, workPerCall))
      figures.push(...figuresOf(`${name}, ${found.stage}`, found, found.callMs >= LEAST_CALL_MS));
  }
  return figures;
}

async function pairs({ extent, say }: BenchmarkSetting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const microseconds of STAGE_MICROSECONDS) {
    say(`pairs: ${microseconds} µs`);
    const ratio = await timedOverBare(microseconds, PAIRS[extent]);
    const title = `timed pass with memory and collections ÷ bare loop, ${microseconds} µs a block`;
    figures.push(
      boundedFigure(
        `${title}, median of ${PAIRS[extent]} pairs`,
        ratio.median,
        "×",
        `≤ ${MOST_OVER_BARE}`,
        ratio.median <= MOST_OVER_BARE,
      ),
      plainFigure(`${title}, 95 % interval from`, ratio.interval[0], "×"),
      plainFigure(`${title}, 95 % interval to`, ratio.interval[1], "×"),
    );
  }
  return figures;
}

async function profileAll(
  { root, machine, extent, say }: BenchmarkSetting,
  title: string,
  audio: string,
  pipeline: string,
  workspace: string,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (let run = 0; run < RUNS[extent]; run += 1) {
    say(`${title}: ${run + 1}/${RUNS[extent]}`);
    const settings = { samplingMs: SAMPLING_MS };
    const { outcome } = await startProfiling({ root, machine, audio, pipeline, workspace, settings });
    runs.push((await outcome).run);
  }
  return runs;
}

interface StageOverhead {
  readonly stage: string;
  /** Work per call. */
  readonly callMs: number;
  /** Spans × their cost ÷ work. */
  readonly percent: number;
}

/** Medians over the runs, in the pipeline's order. */
function stagesOf(runs: readonly Run[], workOf: (stage: StageFigures) => number): StageOverhead[] {
  const [first] = runs;
  return (first?.stages ?? []).map(({ name }) => {
    const found = runs.flatMap((run) =>
      run.stages.filter((stage) => stage.name === name).map((stage) => ({ run, stage })),
    );
    return {
      stage: name,
      callMs: median(found.map(({ stage }) => workOf(stage))),
      percent: median(found.map(({ run, stage }) => nsPerSpan(run) / 1e4 / workOf(stage))),
    };
  });
}

const spanFigure = (ns: number): Figure =>
  boundedFigure("one span", ns, "ns", `≤ ${MOST_NS_PER_SPAN} ns`, ns <= MOST_NS_PER_SPAN);

const workPerCall = ({ selfMs, calls }: StageFigures): number => selfMs / (calls || 1);
const timedPass = (run: Run): Run["passes"][number] | undefined =>
  run.passes.find(({ kind }) => kind === "timed");
const nsPerSpan = (run: Run): number => timedPass(run)?.overhead.nsPerSpan ?? 0;

function figuresOf(title: string, { callMs, percent }: StageOverhead, isBounded: boolean): Figure[] {
  const name = `${title}: spans ÷ work`;
  return [
    plainFigure(`${title}: work a call`, callMs, "ms"),
    isBounded
      ? boundedFigure(name, percent, "%", `≤ ${BOUND} %`, percent <= BOUND)
      : plainFigure(name, percent, "%"),
  ];
}
