import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { DRAFTS_FOLDER, DRAFTS_VARIABLE } from "../../core/names/drafts.ts";
import type { Bytes, Milliseconds } from "../../core/units.ts";
import { Channel, type Message } from "../../protocol/channel.ts";
import type {
  EngineClientMethods,
  EngineMethods,
  ProfileOutcome,
  ProfileRequest,
  Progress,
  SoundRequest,
  VariantSound,
} from "../../protocol/engine.ts";
import { HEAP_SNAPSHOT } from "../../protocol/measureSettings.ts";
import { keepHeap } from "../runs/heapFiles.ts";
import { childEnd, type PipelineOutput } from "./childEnd.ts";
import { deoptFlags } from "./deoptLogs.ts";
import { endProcess } from "./endProcess.ts";
import { memoryLimit } from "./memoryLimit.ts";
import { watchMemory } from "./memoryWatch.ts";
import {
  cancelledFailure,
  failureOfEnd,
  memoryFailure,
  startFailure,
  toProfileFailure,
  type ProfileFailure,
} from "./profileFailure.ts";
import type { ChosenRuntime } from "./runtime.ts";
import { newWorkFolder, removeLeftFolders, removeWorkFolder } from "./workFolders.ts";

export type { PipelineOutput } from "./childEnd.ts";
export { ProfileFailure } from "./profileFailure.ts";

export interface EngineOptions {
  /** dist/engine/engine.js */
  readonly enginePath: string;
  readonly runtime: ChosenRuntime;
  /** Of the whole child, seen from outside. */
  readonly memoryLimit: Bytes;
  /** For what a run can't hold in memory; the system's where it isn't given. */
  readonly temporaryFolder?: string;
  /** In whose `.waveflame` a heap snapshot is kept, where one is asked for; nowhere where it isn't given. */
  readonly heapFolder?: string | null;
  onProgress(this: void, progress: Progress): void;
  onOutput(this: void, output: PipelineOutput): void;
}

export interface RunningJob<T> {
  /** Rejects with ProfileFailure. */
  readonly outcome: Promise<T>;
  /**
   * Ends it within half a second, with what was measured where there is something; putting much of that together may
   * take it two.
   */
  cancel(): void;
}

export type RunningProfile = RunningJob<ProfileOutcome>;

/** A gentle end may take so long; then the child is killed. */
const CANCEL_GRACE_MS: Milliseconds = 350;
/** From the moment at which the engine says that there is something to keep, and puts it together. */
const FINISHING_GRACE_MS: Milliseconds = 1500;

export const startProfile = (request: ProfileRequest, options: EngineOptions): RunningProfile =>
  startJob(
    async (engine, workFolder) => {
      const outcome = await engine.call("profile", request);
      const { heapFolder = null } = options;
      if (heapFolder !== null && outcome.run.heap !== null)
        // The run has what matters of it; who asks for the file sees that it isn't there.
        await keepHeap(heapFolder, outcome.run, join(workFolder, HEAP_SNAPSHOT)).catch(() => undefined);
      return outcome;
    },
    request,
    options,
  );

export const startSoundComparison = (
  request: SoundRequest,
  options: EngineOptions,
): RunningJob<readonly VariantSound[]> =>
  startJob((engine) => engine.call("compareSound", request), request, options);

/** Starts a child process of its own for one job; it is gone when `outcome` is settled. */
function startJob<T>(
  job: (engine: Channel<EngineMethods>, workFolder: string) => Promise<T>,
  { measure }: ProfileRequest,
  options: EngineOptions,
): RunningJob<T> {
  // Named here, so that it can be removed however the engine ends.
  const workFolder = newWorkFolder(options.temporaryFolder);
  const flags = measure.causes ? deoptFlags(workFolder) : [];
  const child = startEngine(workFolder, flags, options);
  let progress: Progress | null = null;
  /** Set before the child is killed from here. */
  let verdict: ProfileFailure | null = null;
  let grace: NodeJS.Timeout | undefined;
  let hasMoreGrace = false;
  const endAfter = (wait: Milliseconds): void => {
    clearTimeout(grace);
    grace = setTimeout(() => endWith(cancelledFailure()), wait);
  };
  /** Once, so that an engine can't ask for ever. */
  const giveMoreGrace = (): void => {
    if (hasMoreGrace || progress?.phase !== "finishing") return;
    hasMoreGrace = true;
    endAfter(FINISHING_GRACE_MS);
  };

  const ours: EngineClientMethods = {
    progress: (now: Progress) => {
      progress = now;
      if (grace) giveMoreGrace();
      else options.onProgress(now);
    },
    memory: (held: Bytes) => {
      told.look(held);
    },
  };
  const endForMemory = (): void => {
    endWith(memoryFailure(options.memoryLimit, progress));
  };
  // What it tells counts its lanes' processes, too; what is seen from outside needs no answer.
  const [told, seen] = [
    memoryLimit(options.memoryLimit, endForMemory),
    memoryLimit(options.memoryLimit, endForMemory),
  ];
  const channel = new Channel<EngineMethods>(portOf(child), ours);
  const endWith = (failure: ProfileFailure): void => {
    verdict ??= failure;
    endProcess(child);
  };

  child.once("error", (error) => channel.close(startFailure(options.runtime.execPath, error)));
  const ended = childEnd(child, options.onOutput).then((end) => {
    channel.close(verdict ?? failureOfEnd(end, progress));
  });
  const unwatch = watchMemory(child.pid ?? 0, seen.look);

  const done = async (): Promise<T> => {
    try {
      // While the engine starts, so that nothing is removed while something is measured.
      await removeLeftFolders(options.temporaryFolder);
      if (grace) throw cancelledFailure();
      return await job(channel, workFolder);
    } catch (error) {
      throw toProfileFailure(error);
    } finally {
      unwatch();
      told.stop();
      seen.stop();
      clearTimeout(grace);
      endProcess(child);
      if (child.pid !== undefined) await ended;
      // What can't be removed takes nothing from the outcome: a later start removes it.
      await removeWorkFolder(workFolder).catch(() => undefined);
    }
  };
  return {
    outcome: done(),
    cancel: () => {
      if (grace) return;
      channel.tell("cancel", null);
      endAfter(CANCEL_GRACE_MS);
      giveMoreGrace();
    },
  };
}

function startEngine(
  workFolder: string,
  flags: readonly string[],
  { enginePath, runtime }: EngineOptions,
): ChildProcess {
  return fork(enginePath, [workFolder], {
    execPath: runtime.execPath,
    execArgv: [...runtime.execArgv, ...flags],
    env: { ...process.env, ...runtime.env, [DRAFTS_VARIABLE]: join(workFolder, DRAFTS_FOLDER) },
    serialization: "json",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // In a group of its own: Ctrl-C in a terminal reaches only the command line, and what the pipeline starts is ended with it.
    detached: true,
    windowsHide: true,
  });
}

function portOf(child: ChildProcess): ConstructorParameters<typeof Channel>[0] {
  return {
    post: (message) => {
      // A child that is gone is reported by its end.
      if (child.connected) child.send(message, () => undefined);
    },
    listen: (receive) => child.on("message", (message) => receive(message as Message)),
  };
}
