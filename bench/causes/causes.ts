import type { SlowBlockCause } from "../../src/core/run/measured/slowBlocks.ts";
import type { Benchmark } from "../bench.ts";
import { boundedFigure, plainFigure, unmeasuredFigure, type Figure } from "../report/figure.ts";
import { judged, type Judged } from "./judge.ts";
import { plantedRun } from "./plantedRun.ts";
import { SCENARIOS } from "./scenarios.ts";

const RUNS = { quick: 1, usual: 10, full: 100 };
/** Of the blocks that have the cause, in percent. */
const LEAST_NAMED = 95;
/** Of the blocks that are said to have it. */
const MOST_FALSE = 2;

/** What is promised for; the others are shown. */
const PROMISED: readonly SlowBlockCause[] = ["denormals", "collection", "deoptimisation", "first calls"];
const SHOWN: readonly SlowBlockCause[] = ["the audio itself", "another process", "unexplained"];

/**
 * Causes of slow blocks beside the truth. Pipelines plant them at blocks drawn by a seed and keep a diary of each block:
 * its time by a clock of their own, what V8 reported as collected, what Linux counted as waiting for a core, whether the
 * filter's state is denormal, which code V8 has for the functions.
 *
 * A cause is owed where the block took 1.5 times the usual by the diary's clock: collection and another process where they
 * took 60 % of the time above the usual, planted or not; what else was planted where nothing was collected and waiting took
 * less than 40 %. First calls are those of a function until V8's last compiler had it, deoptimisations those where it lost
 * that code, until it is back.
 *
 * A name is false where the diary knows nothing of it: it wasn't planted, V8 reported no collection there, less than 40 % was
 * waiting, no function got other code. In between nothing is owed, and nothing is false. Blocks in which something came upon
 * the diary itself aren't judged.
 */
export const causes: Benchmark = async (setting) => {
  const blocks: Judged[] = [];
  for (const [index, scenario] of SCENARIOS.entries())
    for (let run = 0; run < RUNS[setting.extent]; run += 1) {
      setting.say(`${scenario.title}: ${run + 1}/${RUNS[setting.extent]}`);
      blocks.push(...judged(await plantedRun(scenario, SEEDS * (index + 1) + run, setting)));
    }
  return [
    ...PROMISED.flatMap((cause) => figuresOf(cause, blocks, true)),
    ...SHOWN.flatMap((cause) => figuresOf(cause, blocks, false)),
    ...together(blocks),
  ];
};

/** So that no two runs have the same. */
const SEEDS = 1000;

function figuresOf(cause: SlowBlockCause, blocks: readonly Judged[], isPromised: boolean): Figure[] {
  const owed = blocks.filter((block) => block.owed.includes(cause));
  const named = blocks.filter((block) => block.named === cause);
  const right = owed.filter(isRight).length;
  const wrong = named.filter((block) => !isRight(block)).length;
  return [
    plainFigure(`${cause}: blocks that have it`, owed.length, "blocks"),
    share(`${cause}: of those named rightly`, right, owed.length, isPromised ? "named" : null),
    plainFigure(`${cause}: blocks that are said to have it`, named.length, "blocks"),
    ...(isPromised ? [share(`${cause}: of those falsely`, wrong, named.length, "false")] : []),
  ];
}

function together(blocks: readonly Judged[]): Figure[] {
  const owed = blocks.filter((block) => PROMISED.some((cause) => block.owed.includes(cause)));
  const named = blocks.filter((block) => block.named !== null && PROMISED.includes(block.named));
  return [
    share("all four: named rightly", owed.filter(isRight).length, owed.length, "named"),
    share("all four: falsely", named.filter((block) => !isRight(block)).length, named.length, "false"),
  ];
}

/** A block that has two causes may be named by either. */
const isRight = ({ named, right }: Judged): boolean => named !== null && right.includes(named);

function share(title: string, count: number, of: number, promise: "named" | "false" | null): Figure {
  const bound = promise === "named" ? `≥ ${LEAST_NAMED} %` : promise === "false" ? `< ${MOST_FALSE} %` : null;
  if (of === 0) {
    return promise === "false"
      ? boundedFigure(title, 0, "%", bound ?? "", true)
      : unmeasuredFigure(title, "%", bound ?? "–", "no such block");
  }
  const percent = (100 * count) / of;
  const name = `${title}, 95 % interval ${intervalOf(count, of)}`;
  if (bound === null) return plainFigure(name, percent, "%");
  const holds = promise === "named" ? percent >= LEAST_NAMED : percent < MOST_FALSE;
  return boundedFigure(name, percent, "%", bound, holds);
}

const Z_95 = 1.96;

/** Wilson's score interval, in percent. It takes blocks for independent, though neighbours aren't: it is too narrow. */
function intervalOf(count: number, of: number): string {
  const part = count / of;
  const z2 = Z_95 ** 2 / of;
  const centre = part + z2 / 2;
  const half = Z_95 * Math.sqrt((part * (1 - part)) / of + z2 / (4 * of));
  const at = (value: number): string => ((100 * value) / (1 + z2)).toFixed(1);
  return `${at(centre - half)} to ${at(centre + half)} %`;
}
