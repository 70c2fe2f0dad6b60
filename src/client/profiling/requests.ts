import type { Machine, Runtime } from "../../core/run/run.ts";
import type { Share } from "../../core/units.ts";
import type { MeasureSettings } from "../../protocol/measureSettings.ts";
import type { ProfileRequest } from "../../protocol/engine.ts";
import { measureSettingsOf, memoryLimitOf, pipelineSettingsOf, type Settings } from "../settings/settings.ts";

/** Of the limit at which a run is ended: above it nothing would be given up in time. */
const MOST_CRITICAL: Share = 0.9;

export interface WhatToProfile {
  /** Absolute, as the system writes it; so is the pipeline. */
  readonly audio: string;
  readonly pipeline: string;
  readonly workspace: string | null;
  readonly settings: Settings;
  /** Given for this run alone; none where nothing is said. */
  readonly parameters?: Settings["parameters"];
  readonly runtimeSource: Runtime["source"];
  /** The version of Waveflame. */
  readonly waveflame: string;
  /** Known from an earlier run. */
  readonly machine: Machine | null;
  /** How many recordings are profiled at once, this one among them; 1 where nothing is said. */
  readonly jobs?: number;
  /** The stage after which the heap is looked into; none where nothing is said. */
  readonly heapAfter?: string | null;
}

export function profileRequest(what: WhatToProfile): ProfileRequest {
  const { settings, parameters = {} } = what;
  return {
    audio: what.audio,
    pipeline: what.pipeline,
    workspace: what.workspace,
    workers: settings.workers,
    segmentSeconds: settings.segmentSeconds,
    blockFrames: null,
    stallSeconds: settings.stallSeconds,
    samplingBudgetMs: settings.samplingMs,
    measure: measureSettingsOf(settings, what.heapAfter ?? null),
    memoryLimit: memoryLimitOf(settings),
    memoryMarks: {
      highWater: settings["memory.highWaterMB"] * 2 ** 20,
      critical: Math.min(settings["memory.criticalMB"] * 2 ** 20, MOST_CRITICAL * memoryLimitOf(settings)),
    },
    parameters: { ...settings.parameters, ...parameters },
    ownParameters: Object.keys(parameters),
    pipelineSettings: pipelineSettingsOf(settings),
    runtimeSource: what.runtimeSource,
    waveflame: what.waveflame,
    machine: what.machine,
    jobs: what.jobs ?? 1,
    discardsFiles: false,
  };
}

/** For what only stands beside another run: what takes passes of its own is left out. */
export const timesOnly = (measure: MeasureSettings): MeasureSettings => ({
  ...measure,
  memory: false,
  io: false,
  counts: false,
  causes: false,
  silentTailSeconds: 0,
  blockSizes: [],
  heapAfter: null,
});
