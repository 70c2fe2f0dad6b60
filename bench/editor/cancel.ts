import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProfileFailure } from "../../src/client/process/engineClient.ts";
import { until } from "../../test/support/editor/until.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, worst, type Figure } from "../report/figure.ts";
import { startProfiling } from "../profiling.ts";
import { writeNoise } from "../recording.ts";
import { HANGS, writeHang, type Hang } from "./hangs.ts";

const CANCELS = { quick: 1, usual: 10, full: 50 };
const RECORDING_SECONDS = 10;
const BOUND_MS = 500;

interface Cancelled {
  /** From the wish to the end of the run. */
  readonly ms: number;
  /** Whether its process, or one of its group, was there after that. */
  readonly left: boolean;
}

/** Cancels runs through the client that the editor and the command line use, timed from outside. */
export async function cancelled(setting: BenchmarkSetting): Promise<Figure[]> {
  const audio = join(setting.folder, "noise.wav");
  await writeNoise(audio, RECORDING_SECONDS);
  const figures: Figure[] = [];
  let left = 0;
  for (const hang of HANGS) {
    setting.say(`cancel ${hang.title}`);
    const cancels: Cancelled[] = [];
    while (cancels.length < CANCELS[setting.extent]) cancels.push(await cancelOnce(hang, audio, setting));
    const times = cancels.map(({ ms }) => ms);
    left += cancels.filter((one) => one.left).length;
    figures.push(
      plainFigure(`cancel ${hang.title}, median`, median(times), "ms"),
      boundedFigure(
        `cancel ${hang.title}, slowest of ${times.length}`,
        worst(times),
        "ms",
        "≤ 0.5 s",
        worst(times) <= BOUND_MS,
      ),
    );
  }
  return [...figures, boundedFigure("cancelled runs that left a process", left, "runs", "none", left === 0)];
}

async function cancelOnce(
  hang: Hang,
  audio: string,
  { root, machine, folder }: BenchmarkSetting,
): Promise<Cancelled> {
  const { pipeline, pidFile } = await writeHang(hang, folder);
  const running = await startProfiling({ root, machine, audio, pipeline, workspace: folder });
  let failure: unknown;
  const ended = running.outcome.then(
    () => performance.now(),
    (error: unknown) => {
      failure = error;
      return performance.now();
    },
  );
  const pid = await until(
    `the pipeline "${hang.name}" to say that it runs`,
    () => readFile(pidFile, "utf8").then(Number, () => undefined),
    () => (failure instanceof Error ? failure.message : failure),
  );
  const began = performance.now();
  running.cancel();
  const ms = (await ended) - began;
  const left = isAlive(pid) || (process.platform !== "win32" && isAlive(-pid));
  if (failure !== undefined && !(failure instanceof ProfileFailure && failure.details.kind === "cancelled"))
    throw new Error(`The run "${hang.name}" ended otherwise than by its cancel.`, { cause: failure });
  await rm(pidFile);
  return { ms, left };
}

/** @param pid of a process, or its negative for a group */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
