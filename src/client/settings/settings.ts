import type { Thresholds } from "../../core/alerts/thresholds.ts";
import type { MeasureSettings } from "../../protocol/measureSettings.ts";
import type { Bytes, Frames, Milliseconds, Seconds, Share } from "../../core/units.ts";

export type ParameterValues = Readonly<Record<string, number | boolean | string>>;

/** What a person may set, under `waveflame.` in the editor's settings. */
export interface Settings {
  /** Glob of the pipelines, relative to a workspace folder. */
  readonly pipelines: string;
  /** `auto`, `editor` or the path of a Node. */
  readonly runtime: string;
  /** Null: by the rule for this machine. */
  readonly workers: number | null;
  readonly segmentSeconds: Seconds;
  readonly stallSeconds: Seconds;
  /** At most so long for the sampled pass. */
  readonly samplingMs: Milliseconds;
  readonly memoryLimitMB: number;
  /** The engine's memory above which less is read ahead. */
  readonly "memory.highWaterMB": number;
  /** Above it everything is given up that can be. */
  readonly "memory.criticalMB": number;
  /** So many recordings at once. */
  readonly jobs: number;
  /** Fast ways of the pipelines that ship; a stage of any pipeline that declares a parameter of the name gets it, too. */
  readonly "pipeline.optimize": boolean;
  readonly "pipeline.enableVectorization": boolean;
  readonly "pipeline.useCompiledLoops": boolean;
  readonly "pipeline.useParallelSpectrum": boolean;
  readonly "pipeline.spectrumParallelThresholdSeconds": Seconds;
  readonly "pipeline.parallelChunkSize": Frames;
  readonly "pipeline.cacheCompiled": boolean;
  /** What is measured besides the time of stages. */
  readonly "measure.sampling": boolean;
  readonly "measure.intervalMs": Milliseconds;
  readonly "measure.clock": "cpu" | "wall";
  readonly "measure.memory": boolean;
  readonly "measure.memoryIntervalMs": Milliseconds;
  readonly "measure.childProcesses": boolean;
  readonly "measure.collections": boolean;
  readonly "measure.io": boolean;
  readonly "measure.counts": boolean;
  readonly "measure.causes": boolean;
  readonly "measure.silentTailSeconds": Seconds;
  readonly "measure.blockSizes": readonly Frames[];
  readonly "measure.repeats": number;
  /** How lists of functions are sorted: by total time, by self time, by calls. */
  readonly sortBy: "cumulative" | "time" | "calls";
  /** What a run must keep (requirement V2); null: not looked at. */
  readonly "alerts.cpuPercent": number | null;
  readonly "alerts.memoryMB": number | null;
  readonly "alerts.secondsPerMinute": Seconds | null;
  readonly "alerts.ioWaitPercent": number | null;
  /** Written after each run. */
  readonly "reports.format": "none" | "html" | "json" | "txt" | "md";
  /** Where reports go: relative to the workspace folder, or absolute. */
  readonly "reports.folder": string;
  /** Lines below it stay clean. */
  readonly minimumShare: Share;
  readonly parameters: ParameterValues;
}

interface Setting<T> {
  readonly initial: T;
  /** What it must be, as a person reads it. */
  readonly rule: string;
  readonly accepts: (value: unknown) => value is T;
}

type SettingTable = { readonly [K in keyof Settings]: Setting<Settings[K]> };

const isNumberIn =
  (least: number, most: number) =>
  (value: unknown): value is number =>
    typeof value === "number" && value >= least && value <= most;

const isYesOrNo = (value: unknown): value is boolean => typeof value === "boolean";

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

const isWorkers = (value: unknown): value is number | null =>
  value === null || (Number.isInteger(value) && isNumberIn(1, 256)(value));

const isRepeats = (value: unknown): value is number => Number.isInteger(value) && isNumberIn(0, 10)(value);

const isJobs = (value: unknown): value is number => Number.isInteger(value) && isNumberIn(1, 64)(value);

const isOneOf =
  <const T extends string>(...words: readonly T[]) =>
  (value: unknown): value is T =>
    words.some((word) => word === value);

const isBlockSizes = (value: unknown): value is readonly Frames[] =>
  Array.isArray(value) && value.every((size) => Number.isInteger(size) && isNumberIn(1, 1_048_576)(size));

const isLimit = (value: unknown): value is number | null => value === null || isNumberIn(0, 1e9)(value);
const LIMIT_RULE = "a number from 0 on, or null";

const isChunk = (value: unknown): value is number =>
  Number.isInteger(value) && isNumberIn(1024, 1_048_576)(value);

const isParameters = (value: unknown): value is ParameterValues =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one) => ["number", "boolean", "string"].includes(typeof one));

/** The one table of settings; the manifest declares the same keys and values. */
export const SETTINGS: SettingTable = {
  pipelines: { initial: "**/*.pipeline.{ts,mts,js,mjs}", rule: "a glob", accepts: isText },
  runtime: { initial: "auto", rule: `"auto", "editor" or the path of a Node`, accepts: isText },
  workers: { initial: null, rule: "a whole number from 1 to 256, or null", accepts: isWorkers },
  segmentSeconds: { initial: 10, rule: "a number from 0.1 to 600", accepts: isNumberIn(0.1, 600) },
  stallSeconds: { initial: 30, rule: "a number from 0.1 to 86400", accepts: isNumberIn(0.1, 86_400) },
  samplingMs: { initial: 3000, rule: "a number from 0 to 60000", accepts: isNumberIn(0, 60_000) },
  memoryLimitMB: { initial: 2048, rule: "a number from 256 to 1048576", accepts: isNumberIn(256, 1_048_576) },
  "memory.highWaterMB": {
    initial: 1024,
    rule: "a number from 1 to 1048576",
    accepts: isNumberIn(1, 1_048_576),
  },
  "memory.criticalMB": {
    initial: 1536,
    rule: "a number from 1 to 1048576",
    accepts: isNumberIn(1, 1_048_576),
  },
  jobs: { initial: 1, rule: "a whole number from 1 to 64", accepts: isJobs },
  "pipeline.optimize": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "pipeline.enableVectorization": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "pipeline.useCompiledLoops": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "pipeline.useParallelSpectrum": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "pipeline.spectrumParallelThresholdSeconds": {
    initial: 10,
    rule: "a number from 0 to 86400",
    accepts: isNumberIn(0, 86_400),
  },
  "pipeline.parallelChunkSize": {
    initial: 4096,
    rule: "a whole number from 1024 to 1048576",
    accepts: isChunk,
  },
  "pipeline.cacheCompiled": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.sampling": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.intervalMs": { initial: 0.1, rule: "a number from 0.05 to 100", accepts: isNumberIn(0.05, 100) },
  "measure.clock": { initial: "cpu", rule: '"cpu" or "wall"', accepts: isOneOf("cpu", "wall") },
  "measure.memory": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.memoryIntervalMs": {
    initial: 100,
    rule: "a number from 10 to 60000",
    accepts: isNumberIn(10, 60_000),
  },
  "measure.childProcesses": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.collections": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.io": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.counts": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.causes": { initial: true, rule: "true or false", accepts: isYesOrNo },
  "measure.silentTailSeconds": { initial: 0, rule: "a number from 0 to 600", accepts: isNumberIn(0, 600) },
  "measure.blockSizes": {
    initial: [],
    rule: "a list of whole numbers from 1 to 1048576",
    accepts: isBlockSizes,
  },
  "measure.repeats": { initial: 1, rule: "a whole number from 0 to 10", accepts: isRepeats },
  sortBy: {
    initial: "time",
    rule: '"cumulative", "time" or "calls"',
    accepts: isOneOf("cumulative", "time", "calls"),
  },
  "alerts.cpuPercent": { initial: 80, rule: LIMIT_RULE, accepts: isLimit },
  "alerts.memoryMB": { initial: 2048, rule: LIMIT_RULE, accepts: isLimit },
  "alerts.secondsPerMinute": { initial: 30, rule: LIMIT_RULE, accepts: isLimit },
  "alerts.ioWaitPercent": { initial: 10, rule: LIMIT_RULE, accepts: isLimit },
  "reports.format": {
    initial: "none",
    rule: '"none", "html", "json", "txt" or "md"',
    accepts: isOneOf("none", "html", "json", "txt", "md"),
  },
  "reports.folder": { initial: ".waveflame/reports", rule: "the path of a folder", accepts: isText },
  minimumShare: { initial: 0.01, rule: "a number from 0 to 1", accepts: isNumberIn(0, 1) },
  parameters: {
    initial: {},
    rule: "an object of numbers, booleans and strings",
    accepts: isParameters,
  },
};

export type SettingKey = keyof Settings;
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

export interface ReadSettings {
  readonly settings: Settings;
  /** A sentence for each value that was ignored. */
  readonly problems: readonly string[];
}

/** @param get Gives what is set for a key without its `waveflame.`, undefined where nothing is. */
export function readSettings(get: (key: SettingKey) => unknown): ReadSettings {
  const problems: string[] = [];
  const read = <K extends SettingKey>(key: K): Settings[K] => {
    const { initial, accepts }: Setting<Settings[K]> = SETTINGS[key];
    const value = get(key);
    if (value === undefined) return initial;
    if (accepts(value)) return value;
    problems.push(`${problemOf(key, value) ?? ""} Until then it is ${JSON.stringify(initial)}.`);
    return initial;
  };
  const settings: Settings = {
    pipelines: read("pipelines"),
    runtime: read("runtime"),
    workers: read("workers"),
    segmentSeconds: read("segmentSeconds"),
    stallSeconds: read("stallSeconds"),
    samplingMs: read("samplingMs"),
    memoryLimitMB: read("memoryLimitMB"),
    "memory.highWaterMB": read("memory.highWaterMB"),
    "memory.criticalMB": read("memory.criticalMB"),
    jobs: read("jobs"),
    "pipeline.optimize": read("pipeline.optimize"),
    "pipeline.enableVectorization": read("pipeline.enableVectorization"),
    "pipeline.useCompiledLoops": read("pipeline.useCompiledLoops"),
    "pipeline.useParallelSpectrum": read("pipeline.useParallelSpectrum"),
    "pipeline.spectrumParallelThresholdSeconds": read("pipeline.spectrumParallelThresholdSeconds"),
    "pipeline.parallelChunkSize": read("pipeline.parallelChunkSize"),
    "pipeline.cacheCompiled": read("pipeline.cacheCompiled"),
    "measure.sampling": read("measure.sampling"),
    "measure.intervalMs": read("measure.intervalMs"),
    "measure.clock": read("measure.clock"),
    "measure.memory": read("measure.memory"),
    "measure.memoryIntervalMs": read("measure.memoryIntervalMs"),
    "measure.childProcesses": read("measure.childProcesses"),
    "measure.collections": read("measure.collections"),
    "measure.io": read("measure.io"),
    "measure.counts": read("measure.counts"),
    "measure.causes": read("measure.causes"),
    "measure.silentTailSeconds": read("measure.silentTailSeconds"),
    "measure.blockSizes": read("measure.blockSizes"),
    "measure.repeats": read("measure.repeats"),
    sortBy: read("sortBy"),
    "alerts.cpuPercent": read("alerts.cpuPercent"),
    "alerts.memoryMB": read("alerts.memoryMB"),
    "alerts.secondsPerMinute": read("alerts.secondsPerMinute"),
    "alerts.ioWaitPercent": read("alerts.ioWaitPercent"),
    "reports.format": read("reports.format"),
    "reports.folder": read("reports.folder"),
    minimumShare: read("minimumShare"),
    parameters: read("parameters"),
  };
  return { settings, problems: [...problems, ...marksProblem(settings)] };
}

function marksProblem(settings: Settings): string[] {
  const [highWater, critical] = [settings["memory.highWaterMB"], settings["memory.criticalMB"]];
  if (highWater <= critical) return [];
  return [
    `The setting waveflame.memory.highWaterMB is ${highWater}, above waveflame.memory.criticalMB, which is ${critical}: everything would be given up before less is read ahead. Set it lower.`,
  ];
}

/** A sentence about a value that a setting doesn't take; null where it does. */
export function problemOf(key: SettingKey, value: unknown): string | null {
  const { rule, accepts } = SETTINGS[key];
  return accepts(value)
    ? null
    : `The setting waveflame.${key} is ${JSON.stringify(value)} and must be ${rule}.`;
}

const PIPELINE = "pipeline.";

/** The settings under `waveflame.pipeline`, by the parameters they stand for. */
export const pipelineSettingsOf = (settings: Settings): ParameterValues =>
  Object.fromEntries(
    SETTING_KEYS.filter((key) => key.startsWith(PIPELINE)).map((key) => [
      key.slice(PIPELINE.length),
      settings[key] as number | boolean,
    ]),
  );

/** @param heapAfter the stage after which the heap is looked into; null: none */
export const measureSettingsOf = (settings: Settings, heapAfter: string | null): MeasureSettings => ({
  sampling: settings["measure.sampling"],
  intervalMs: settings["measure.intervalMs"],
  clock: settings["measure.clock"],
  memory: settings["measure.memory"],
  memoryIntervalMs: settings["measure.memoryIntervalMs"],
  childProcesses: settings["measure.childProcesses"],
  collections: settings["measure.collections"],
  io: settings["measure.io"],
  counts: settings["measure.counts"],
  causes: settings["measure.causes"],
  silentTailSeconds: settings["measure.silentTailSeconds"],
  blockSizes: settings["measure.blockSizes"],
  repeats: settings["measure.repeats"],
  heapAfter,
});

/** What a run must keep. */
export const thresholdsOf = (settings: Settings): Thresholds => ({
  cpuPercent: settings["alerts.cpuPercent"],
  memoryMB: settings["alerts.memoryMB"],
  secondsPerMinute: settings["alerts.secondsPerMinute"],
  ioWaitPercent: settings["alerts.ioWaitPercent"],
});

export const memoryLimitOf = (settings: Settings): Bytes => settings.memoryLimitMB * 2 ** 20;
