import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Milliseconds, Share } from "../../src/core/units.ts";
import { LAP_CLOCK, NO_CLOCK, type Shape, type Turns } from "./shape.ts";

const run = promisify(execFile);

/** Work of all targets in one block. */
const BLOCK_MS: Milliseconds = 3;
const FIRST_TURNS = 1000;
const CALIBRATIONS = 3;
const CALIBRATION_BLOCKS = 120;
const TRUTH_BLOCKS = 160;

/** A shape with its iteration counts fitted to this machine, as files. */
export interface FittedShape {
  readonly shape: Shape;
  /** The profiled one. */
  readonly pipeline: string;
  readonly workspace: string;
  /** The same code with a clock around each target. */
  readonly timedPipeline: string;
}

/** Fits the iteration counts so that the targets, each timed by a clock of its own, take their intended shares. */
export async function fitShape(shape: Shape, folder: string): Promise<FittedShape> {
  const workspace = join(folder, shape.name, "profiled");
  const timed = join(folder, shape.name, "timed");
  let turns: Turns = Object.fromEntries(shape.targets.map(({ name }) => [name, FIRST_TURNS]));
  for (let round = 0; round < CALIBRATIONS; round += 1) {
    const laps = await timeLaps(await writeFiles(shape.files(turns, LAP_CLOCK), timed), CALIBRATION_BLOCKS);
    turns = fittedTurns(shape, turns, laps);
  }
  return {
    shape,
    pipeline: await writeFiles(shape.files(turns, NO_CLOCK), workspace),
    workspace,
    timedPipeline: await writeFiles(shape.files(turns, LAP_CLOCK), timed),
  };
}

/** The share of each target in all of them, in a process of its own. */
export async function truthOf({ timedPipeline }: FittedShape): Promise<ReadonlyMap<string, Share>> {
  const laps = await timeLaps(timedPipeline, TRUTH_BLOCKS);
  const all = Object.values(laps).reduce((sum, ms) => sum + ms, 0);
  return new Map(Object.entries(laps).map(([name, ms]) => [name, ms / all]));
}

/** What can't be fitted says how long a block is. */
function fittedTurns(shape: Shape, turns: Turns, laps: Readonly<Record<string, number>>): Turns {
  const fixed = shape.targets.filter(({ fitted }) => !fitted);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const lapMs = (name: string): number => laps[name] ?? 0;
  const blockMs =
    fixed.length === 0
      ? BLOCK_MS
      : sum(fixed.map(({ name }) => lapMs(name))) / sum(fixed.map(({ intended }) => intended));
  return Object.fromEntries(
    shape.targets.map(({ name, intended }) => [
      name,
      Math.max(1, Math.round(((turns[name] ?? 1) * intended * blockMs) / (lapMs(name) || 1))),
    ]),
  );
}

/** What each target takes in one block, in ms. */
async function timeLaps(pipeline: string, blocks: number): Promise<Record<string, number>> {
  const program = join(import.meta.dirname, "timeLaps.ts");
  const { stdout } = await run(process.execPath, [program, pipeline, String(blocks)]);
  return JSON.parse(stdout) as Record<string, number>;
}

/** Gives the path of the first. */
async function writeFiles(files: Readonly<Record<string, string>>, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return join(folder, Object.keys(files)[0] ?? "");
}
