import { join } from "node:path";
import { startProfile, type RunningProfile } from "../src/client/process/engineClient.ts";
import { profileRequest } from "../src/client/profiling/requests.ts";
import { chooseRuntime } from "../src/client/process/runtime.ts";
import { memoryLimitOf, readSettings, type Settings } from "../src/client/settings/settings.ts";
import type { Machine } from "../src/core/run/run.ts";
import type { Progress } from "../src/protocol/engine.ts";

export interface Profiling {
  readonly root: string;
  readonly machine: Machine;
  readonly audio: string;
  readonly pipeline: string;
  readonly workspace: string;
  /** Settings that differ from the usual ones. */
  readonly settings?: Partial<Settings>;
  onProgress?(this: void, progress: Progress): void;
}

/** Starts a run as the editor and the command line do, with the usual settings, on this same Node. */
export async function startProfiling(what: Profiling): Promise<RunningProfile> {
  const { root, machine, audio, pipeline, workspace, onProgress } = what;
  const settings = { ...readSettings(() => undefined).settings, ...what.settings };
  const runtime = await chooseRuntime("editor", {
    execPath: process.execPath,
    electron: false,
    version: process.versions.node,
    source: "command line",
  });
  const request = profileRequest({
    audio,
    pipeline,
    workspace,
    settings,
    runtimeSource: runtime.source,
    waveflame: "benchmark",
    machine,
  });
  return startProfile(request, {
    enginePath: join(root, "dist", "engine", "engine.js"),
    runtime,
    memoryLimit: memoryLimitOf(settings),
    onProgress: (progress) => onProgress?.(progress),
    onOutput: () => undefined,
  });
}
