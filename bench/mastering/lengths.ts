import { join } from "node:path";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, type Figure } from "../figure.ts";
import { allMsOf, masteringPipeline, runOver } from "./runs.ts";
import { writeTestSignal } from "./testSignal.ts";

const LENGTHS = { quick: [0.5, 5], usual: [0.5, 5, 60, 600], full: [0.5, 5, 60, 600] };
const PAIRS = { quick: 1, usual: 5, full: 21 };
/** Long ones vary less, and take their time. */
const PAIRS_OF_LONG = 2;
const LONG_SECONDS = 60;
const BOUND = 1.05;

/** Optimised against plain at any length: stages and what making them took. */
export async function lengths(setting: BenchmarkSetting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const seconds of LENGTHS[setting.extent]) {
    const recording = join(setting.folder, `signal-${seconds}.wav`);
    await writeTestSignal(recording, seconds);
    const pairs = seconds > LONG_SECONDS ? PAIRS_OF_LONG : PAIRS[setting.extent];
    const ratios: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      setting.say(`${seconds} s, plain and optimised: ${pair + 1}/${pairs}`);
      ratios.push(await ratioOf(setting, recording));
    }
    const ratio = median(ratios);
    figures.push(boundedFigure(`optimised ÷ plain, ${seconds} s`, ratio, "×", `≤ ${BOUND}×`, ratio <= BOUND));
  }
  return figures;
}

async function ratioOf(setting: BenchmarkSetting, recording: string): Promise<number> {
  const pipeline = masteringPipeline(setting.root);
  const plain = await runOver(setting, recording, pipeline, { variant: "plain" }, 1);
  const optimised = await runOver(setting, recording, pipeline, {}, 1);
  return allMsOf(optimised) / allMsOf(plain);
}
