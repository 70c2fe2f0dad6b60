import { join } from "node:path";
import type { Run } from "../../src/core/run.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, type Figure } from "../figure.ts";
import { differenceDb } from "./difference.ts";
import { masteringPeer, type PeerResult } from "./peer.ts";
import { masteringPipeline, msOf, runOver } from "./runs.ts";

const ROUNDS = { quick: 1, usual: 5, full: 15 };
const STAGES = ["content", "spectrum", "equaliser", "envelope", "compressor", "limiter", "output"];
/** The optimised chain takes at most so much of the peer's time. */
const LEAST_GAIN = 2;
const MOST_OF_PEER = 1.1;

interface Round {
  readonly ours: Run;
  readonly theirs: PeerResult;
}

/** One thread each, in turns, on the same file. */
export async function againstPeer(setting: BenchmarkSetting, recording: string): Promise<Figure[]> {
  const peer = await masteringPeer(setting.folder);
  if (!peer) {
    setting.say("no peer: there is no Python with NumPy, SciPy and Numba");
    return [];
  }
  const written = join(setting.folder, "ours.wav");
  const pipeline = masteringPipeline(setting.root);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS[setting.extent]; round += 1) {
    setting.say(`against NumPy, SciPy and Numba: ${round + 1}/${ROUNDS[setting.extent]}`);
    const ours = await runOver(setting, recording, pipeline, {}, 1);
    rounds.push({ ours, theirs: await peer.run(recording) });
  }
  setting.say("against NumPy, SciPy and Numba: the sound");
  const heard = await runOver(setting, recording, pipeline, { "report.wav": written, "report.bits": 32 }, 1);
  const difference = await differenceDb(written, heard, rounds[0]?.theirs.sound ?? new Float32Array());
  const gain = median(rounds.map(({ ours, theirs }) => theirMs(theirs, STAGES) / msOf(ours, STAGES)));
  return [
    boundedFigure("mastering: the peer's time ÷ ours", gain, "×", `≥ ${LEAST_GAIN}×`, gain >= LEAST_GAIN),
    ...STAGES.flatMap((stage) => stageFigures(stage, rounds)),
    plainFigure("largest difference of the two sounds after the first second", difference, "dBFS"),
  ];
}

function stageFigures(stage: string, rounds: readonly Round[]): Figure[] {
  const ratio = median(rounds.map(({ ours, theirs }) => msOf(ours, [stage]) / theirMs(theirs, [stage])));
  return [
    boundedFigure(`${stage}: our time ÷ the peer's`, ratio, "×", `≤ ${MOST_OF_PEER}×`, ratio <= MOST_OF_PEER),
    plainFigure(`${stage}: ours`, median(rounds.map(({ ours }) => msOf(ours, [stage]))), "ms"),
    plainFigure(`${stage}: the peer's`, median(rounds.map(({ theirs }) => theirMs(theirs, [stage]))), "ms"),
  ];
}

const theirMs = ({ times }: PeerResult, stages: readonly string[]): number =>
  stages.reduce((sum, stage) => sum + (times[stage] ?? 0), 0);
