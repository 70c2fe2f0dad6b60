import { join } from "node:path";
import type { Milliseconds } from "../../src/core/units.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, type Figure } from "../report/figure.ts";
import { allMsOf, masteringPipeline, runOver, type Parameters } from "./runs.ts";
import { writeTestSignal } from "./testSignal.ts";

const LENGTHS = { quick: [0.5, 5], usual: [0.5, 5, 60, 600], full: [0.5, 5, 60, 600] };
/** Odd, so that the median is one of them and favours neither side. */
const PAIRS = { quick: 1, usual: 5, full: 21 };
/** Long ones vary less, and take their time. */
const PAIRS_OF_LONG = { quick: 1, usual: 3, full: 5 };
const LONG_SECONDS = 60;
const BOUND = 1.05;
const PLAIN: Parameters = { variant: "plain" };

/** Optimised against plain at any length: stages and what making them took. */
export async function lengths(setting: BenchmarkSetting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const seconds of LENGTHS[setting.extent]) {
    const recording = join(setting.folder, `signal-${seconds}.wav`);
    await writeTestSignal(recording, seconds);
    const pairs = (seconds > LONG_SECONDS ? PAIRS_OF_LONG : PAIRS)[setting.extent];
    const ratios: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      setting.say(`${seconds} s, plain and optimised: ${pair + 1}/${pairs}`);
      ratios.push(await ratioOf(setting, recording, pair % 2 === 0));
    }
    const ratio = median(ratios);
    figures.push(boundedFigure(`optimised ÷ plain, ${seconds} s`, ratio, "×", `≤ ${BOUND}×`, ratio <= BOUND));
  }
  return figures;
}

async function ratioOf(setting: BenchmarkSetting, recording: string, plainFirst: boolean): Promise<number> {
  const pipeline = masteringPipeline(setting.root);
  const msWith = async (parameters: Parameters): Promise<Milliseconds> =>
    allMsOf(await runOver(setting, recording, pipeline, parameters, 1));
  const first = await msWith(plainFirst ? PLAIN : {});
  const second = await msWith(plainFirst ? {} : PLAIN);
  return plainFirst ? second / first : first / second;
}
