import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, unmeasuredFigure, type Figure } from "../report/figure.ts";
import { checkFound, differenceDb, MOST_DIFFERENCE } from "./agreement.ts";
import { masteringPeer, type PeerResult } from "./peer.ts";
import { masteringPipeline, msOf, runOver } from "./runs.ts";

const ROUNDS = { quick: 1, usual: 5, full: 15 };
const STAGES = ["content", "spectrum", "equaliser", "envelope", "compressor", "limiter", "output"];
/** The optimised chain takes at most so much of the peer's time. */
const LEAST_GAIN = 2;
const MOST_OF_PEER = 1.1;

const TOTAL = "mastering: the peer's time ÷ ours";
const TOTAL_BOUND = `≥ ${LEAST_GAIN}×`;
const ratioName = (stage: string): string => `${stage}: our time ÷ the peer's`;
const STAGE_BOUND = `≤ ${MOST_OF_PEER}×`;
const SOUND = "largest difference of the two sounds after the first second";
const SOUND_BOUND = `≤ −${-MOST_DIFFERENCE} dBFS`;

interface Round {
  readonly ours: Run;
  readonly theirs: PeerResult;
}

/** One thread each, in turns, on the same file. */
export async function againstPeer(setting: BenchmarkSetting, recording: string): Promise<Figure[]> {
  const peer = await masteringPeer(setting.folder);
  if (!peer) return withoutPeer();
  const written = join(setting.folder, "ours.wav");
  const pipeline = masteringPipeline(setting.root);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS[setting.extent]; round += 1) {
    setting.say(`against NumPy, SciPy and Numba: ${round + 1}/${ROUNDS[setting.extent]}`);
    const ours = await runOver(setting, recording, pipeline, {}, 1);
    rounds.push({ ours, theirs: await peer.run(recording) });
  }
  const [first] = rounds;
  if (!first) throw new RangeError("Nothing was measured: there must be a round.");
  setting.say("against NumPy, SciPy and Numba: the sound");
  const heard = await runOver(setting, recording, pipeline, { "report.wav": written, "report.bits": 32 }, 1);
  checkFound(heard, first.theirs.found);
  const difference = await differenceDb(written, heard, first.theirs);
  const gain = median(rounds.map(({ ours, theirs }) => theirMs(theirs, STAGES) / msOf(ours, STAGES)));
  return [
    boundedFigure(TOTAL, gain, "×", TOTAL_BOUND, gain >= LEAST_GAIN),
    plainFigure("mastering: ours", median(rounds.map(({ ours }) => msOf(ours, STAGES))), "ms"),
    plainFigure("mastering: the peer's", median(rounds.map(({ theirs }) => theirMs(theirs, STAGES))), "ms"),
    ...STAGES.flatMap((stage) => stageFigures(stage, rounds)),
    boundedFigure(SOUND, difference, "dBFS", SOUND_BOUND, difference <= MOST_DIFFERENCE),
  ];
}

function withoutPeer(): Figure[] {
  const reason = "there is no Python with NumPy, SciPy and Numba";
  return [
    unmeasuredFigure(TOTAL, "×", TOTAL_BOUND, reason),
    ...STAGES.map((stage) => unmeasuredFigure(ratioName(stage), "×", STAGE_BOUND, reason)),
    unmeasuredFigure(SOUND, "dBFS", SOUND_BOUND, reason),
  ];
}

function stageFigures(stage: string, rounds: readonly Round[]): Figure[] {
  const ratio = median(rounds.map(({ ours, theirs }) => msOf(ours, [stage]) / theirMs(theirs, [stage])));
  return [
    boundedFigure(ratioName(stage), ratio, "×", STAGE_BOUND, ratio <= MOST_OF_PEER),
    plainFigure(`${stage}: ours`, median(rounds.map(({ ours }) => msOf(ours, [stage]))), "ms"),
    plainFigure(`${stage}: the peer's`, median(rounds.map(({ theirs }) => theirMs(theirs, [stage]))), "ms"),
  ];
}

const theirMs = ({ times }: PeerResult, stages: readonly string[]): number =>
  stages.reduce((sum, stage) => sum + (times[stage] ?? 0), 0);
