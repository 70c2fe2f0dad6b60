import { join } from "node:path";
import type { Run } from "../../src/core/run.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, type Figure } from "../figure.ts";
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
const SAMPLE_PEAKS: Parameters = { "limiter.truePeak": false };

/** The published speed table: five rows, plain and optimised, without what looks between the samples. */
export async function speedTable(setting: BenchmarkSetting, recording: string): Promise<Figure[]> {
  const pipeline = join(setting.root, "bench", "mastering", "fiveRows.pipeline.ts");
  const plain: Run[] = [];
  const optimised: Run[] = [];
  const onTwo: Run[] = [];
  for (let round = 0; round < ROUNDS[setting.extent]; round += 1) {
    setting.say(`speed table: ${round + 1}/${ROUNDS[setting.extent]}`);
    plain.push(await runOver(setting, recording, pipeline, { ...SAMPLE_PEAKS, variant: "plain" }, 1));
    optimised.push(await runOver(setting, recording, pipeline, SAMPLE_PEAKS, 1));
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
    ]),
    ...sums("plain", plain),
    ...sums("optimised", optimised),
  ];
}

const ms = (runs: readonly Run[], stages: readonly string[]): number =>
  median(runs.map((run) => msOf(run, stages)));

const speedOf = (runs: readonly Run[]): number =>
  median(runs.map((run) => (run.audio.durationSeconds * 1000) / allMsOf(run)));

/** The rows must come to the whole. */
function sums(name: string, runs: readonly Run[]): Figure[] {
  const apart = Math.max(...runs.map(apartOf));
  return [
    plainFigure(`all five rows, ${name}`, median(runs.map(allMsOf)), "ms"),
    boundedFigure(`rows against the total, ${name}`, apart, "%", "≤ 0.1 %", apart <= 0.1),
  ];
}

function apartOf(run: Run): number {
  const rows = ROWS.reduce((sum, { stages }) => sum + msOf(run, stages), 0);
  const created = run.stages.reduce((sum, { createMs }) => sum + createMs, 0);
  return Math.abs(rows / (run.totals.stagesMs + created) - 1) * 100;
}
