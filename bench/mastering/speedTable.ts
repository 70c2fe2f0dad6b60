import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import type { Milliseconds } from "../../src/core/units.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, type Figure } from "../report/figure.ts";
import { bareMs } from "./bareProcess.ts";
import { allMsOf, msOf, runOver, type Parameters } from "./runs.ts";

const ROUNDS = { quick: 1, usual: 5, full: 15 };
/** Of the published table: rows, and what they took for 100 s of audio before and after. */
const ROWS = [
  { row: "envelope", stages: ["envelope"], before: 750, after: 11 },
  { row: "spectrum", stages: ["spectrum"], before: 120, after: 35 },
  { row: "equaliser", stages: ["equaliser"], before: 50, after: 30 },
  { row: "other dynamics", stages: ["compressor", "limiter"], before: 250, after: 100 },
  { row: "content", stages: ["content"], before: 100, after: 100 },
];
const BEFORE = 78;
const GOAL = 555;
const BOUND = 300;
const CORES = 2;
/** In per cent: how far the rows may be from the same stages without a profiler. */
const SUM_BOUND = 5;
const SAMPLE_PEAKS: Parameters = { "limiter.truePeak": false };

/** The published speed table: five rows, plain and optimised, without what looks between the samples. */
export async function speedTable(setting: BenchmarkSetting, recording: string): Promise<Figure[]> {
  const pipeline = join(setting.root, "bench", "mastering", "fiveRows.pipeline.ts");
  const plain: Measured[] = [];
  const optimised: Measured[] = [];
  const onTwo: Run[] = [];
  for (let round = 0; round < ROUNDS[setting.extent]; round += 1) {
    setting.say(`speed table: ${round + 1}/${ROUNDS[setting.extent]}`);
    plain.push(await measured(setting, recording, pipeline, { ...SAMPLE_PEAKS, variant: "plain" }));
    optimised.push(await measured(setting, recording, pipeline, SAMPLE_PEAKS));
    onTwo.push(await runOver(setting, recording, pipeline, SAMPLE_PEAKS, CORES));
  }
  const speed = median(onTwo.map(({ totals }) => totals.speed));
  return [
    boundedFigure(`five rows on two cores, published ${GOAL}×`, speed, "×", `≥ ${BOUND}×`, speed >= BOUND),
    plainFigure(`five rows, plain, on one, published ${BEFORE}×`, speedOf(plain), "×"),
    plainFigure("five rows, optimised, on one", speedOf(optimised), "×"),
    ...ROWS.flatMap(({ row, stages, before, after }) => [
      plainFigure(`${row}: plain, published ${before} ms`, ms(plain, stages), "ms"),
      plainFigure(`${row}: optimised, published ${after} ms`, ms(optimised, stages), "ms"),
      plainFigure(`${row}: plain ÷ optimised`, ms(plain, stages) / ms(optimised, stages), "×"),
    ]),
    ...sums("plain", plain),
    ...sums("optimised", optimised),
    plainFigure("all five rows: plain ÷ optimised", speedOf(optimised) / speedOf(plain), "×"),
  ];
}

/** The same stages with the profiler, on one worker, and without it. */
interface Measured {
  readonly run: Run;
  readonly bare: Milliseconds;
}

async function measured(
  setting: BenchmarkSetting,
  audio: string,
  pipeline: string,
  parameters: Parameters,
): Promise<Measured> {
  const run = await runOver(setting, audio, pipeline, parameters, 1);
  return { run, bare: await bareMs({ audio, pipeline, parameters }) };
}

const ms = (rounds: readonly Measured[], stages: readonly string[]): Milliseconds =>
  median(rounds.map(({ run }) => msOf(run, stages)));

const speedOf = (rounds: readonly Measured[]): number =>
  median(rounds.map(({ run }) => (run.audio.durationSeconds * 1000) / allMsOf(run)));

/** The rows must come to what the stages take as a whole where nobody looks: none is forgotten, and measuring bends none. */
function sums(name: string, rounds: readonly Measured[]): Figure[] {
  const sumOf = ({ run }: Measured): Milliseconds =>
    ROWS.reduce((sum, { stages }) => sum + msOf(run, stages), 0);
  const apart = Math.abs(median(rounds.map((round) => sumOf(round) / round.bare)) - 1) * 100;
  return [
    plainFigure(`sum of the five rows, ${name}`, median(rounds.map(sumOf)), "ms"),
    plainFigure(`the stages without a profiler, ${name}`, median(rounds.map(({ bare }) => bare)), "ms"),
    boundedFigure(`sum against the whole, ${name}`, apart, "%", `≤ ${SUM_BOUND} %`, apart <= SUM_BOUND),
  ];
}
