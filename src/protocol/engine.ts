import type { FindingPlace, Machine, Run, Runtime } from "../core/run/run.ts";
import type { BlockSizeRefusal, SoundComparison } from "../core/variants/variants.ts";
import type { Bytes, Frames, Milliseconds, Seconds } from "../core/units.ts";
import type { MeasureSettings } from "./measureSettings.ts";

/** What the editor or the command line asks of the engine. Paths are absolute, as the system writes them. */
export interface ProfileRequest {
  readonly audio: string;
  readonly pipeline: string;
  /** Paths in the run are relative to it; null outside a workspace. */
  readonly workspace: string | null;
  /** Null: as many as the rule for this machine says. */
  readonly workers: number | null;
  readonly segmentSeconds: Seconds;
  /** Null: as the pipeline says. */
  readonly blockFrames: Frames | null;
  /** No block finished for so long: the run ends. */
  readonly stallSeconds: Seconds;
  /** For the sampled pass. */
  readonly samplingBudgetMs: Milliseconds;
  readonly measure: MeasureSettings;
  readonly memoryLimit: Bytes;
  /** The engine's memory above which less is read ahead, and above which all is given up that can be. */
  readonly memoryMarks: { readonly highWater: Bytes; readonly critical: Bytes };
  readonly parameters: Readonly<Record<string, number | boolean | string>>;
  /** Names of those that were given for this run alone: it doesn't begin where one reaches no stage. */
  readonly ownParameters: readonly string[];
  /** Parameters too, of lower rank: a stage that doesn't declare one isn't told of it. */
  readonly pipelineSettings: Readonly<Record<string, number | boolean | string>>;
  readonly runtimeSource: Runtime["source"];
  readonly waveflame: string;
  /** Known from an earlier run; gathered anew where missing. */
  readonly machine: Machine | null;
  /** How many runs share the machine, this one among them. */
  readonly jobs: number;
  /** What stages write goes to a folder that is removed: the run only stands beside another one, which has written it. */
  readonly discardsFiles: boolean;
}

/** What of a pipeline's variants shall be heard. */
export interface SoundRequest extends ProfileRequest {
  /** Null: every stage as written. */
  readonly variants: readonly (string | null)[];
  readonly blockSizes: readonly Frames[];
  /** From the beginning of the recording, at most. */
  readonly mostSeconds: Seconds;
}

export interface VariantSound {
  readonly variant: string | null;
  /** In order of the block sizes. */
  readonly sound: readonly SoundComparison[];
  readonly refusals: readonly BlockSizeRefusal[];
}

/** A source text as it was measured, for `.waveflame/sources/`. */
export interface MeasuredSource {
  readonly file: string;
  readonly sha256: string;
  readonly text: string;
}

export interface ProfileOutcome {
  readonly run: Run;
  readonly sources: readonly MeasuredSource[];
}

export type Phase =
  | "decoding"
  | "loading"
  | "timed"
  | "alone"
  | "probe"
  | "sampled"
  | "allocations"
  | "counted"
  | "listening"
  | "finishing";

export interface Progress {
  readonly phase: Phase;
  /** The stage at work, where one is. */
  readonly stage: string | null;
  /** From 1. */
  readonly segment: number;
  readonly segments: number;
  readonly audioSeconds: Seconds;
  readonly totalSeconds: Seconds;
  /** Estimated; null while unknown. */
  readonly leftSeconds: Seconds | null;
  /** Where this is one step of several. */
  readonly step?: ProgressStep;
  /** Of all steps, 0–1. */
  readonly part?: number;
}

/** A variant's run, or its rendering at a block size. */
export interface ProgressStep {
  /** Null: as written. */
  readonly variant: string | null;
  /** Null: as the pipeline says. */
  readonly blockFrames: Frames | null;
  /** From 1. */
  readonly number: number;
  /** Null while unknown. */
  readonly of: number | null;
}

/** What comes with a refused `profile`: the sentence is the error's message. */
export interface FailureDetails {
  readonly kind: "audio" | "pipeline" | "stage" | "stall" | "exit" | "memory" | "cancelled" | "engine";
  readonly where: FindingPlace | null;
}

/** What a person reads where a cancel came too early for a run. */
export const CANCELLED_EARLY = "The run was cancelled before anything was measured.";

/** Offered by the engine. */
export interface EngineMethods extends Record<string, (params: never) => unknown> {
  profile: (request: ProfileRequest) => Promise<ProfileOutcome>;
  /** Renders variants at block sizes and compares them with the pipeline as written, at its own. */
  compareSound: (request: SoundRequest) => Promise<readonly VariantSound[]>;
  /** The profile under way ends soon: with what was measured where there is something, else refused as cancelled. */
  cancel: (params: null) => void;
}

/** Offered by whoever started the engine. */
export interface EngineClientMethods extends Record<string, (params: never) => unknown> {
  progress: (progress: Progress) => void;
  /**
   * What the engine's process and those of its lanes hold now: it sees that sooner and cheaper than whoever looks from
   * outside.
   */
  memory: (held: Bytes) => void;
}
