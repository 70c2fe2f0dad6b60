import type { Block, Emitted, Pipeline, Stage, StageContext, Value } from "../../library/pipeline.ts";
import type { Emissions } from "./emissions.ts";
import { now } from "./clock.ts";
import { stageFrame, type StageBody, type StageCall } from "./stageCall.ts";

/** A stage as a pipeline defines it, with every default filled in. */
export interface DefinedStage {
  readonly index: number;
  readonly name: string;
  readonly stage: Stage;
  readonly scope: "stream" | "block" | "file";
  /** A stream stage that begins anew at every segment, after hearing `warmUp` of what came before. */
  readonly restarts: boolean;
  readonly parameters: Record<string, number | boolean | string>;
}

/** The audio as it reaches a stage. */
export interface AudioFacts {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly blockFrames: number;
}

/** Where a stage stands in the recording, for the default time of what it emits. */
export interface Position {
  seconds: number;
}

export interface StageInstance extends DefinedStage {
  readonly call: StageCall;
  /** Ignores the block that it is called with. */
  readonly finish: StageCall | undefined;
  readonly facts: AudioFacts;
  /** False while a restarted stage hears what came before its segment: nothing it emits then counts. */
  audible: boolean;
  readonly position: Position;
  /** Frames that this instance has put out, in its own rate. */
  framesOut: number;
  readonly createMs: number;
  /** The one it works on. */
  segment: number;
}

export interface Surroundings {
  readonly emissions: Emissions;
  audio(): AsyncIterable<Block>;
  /** Called before `results` is read by a stage that may not know all of them. */
  onResults(stage: DefinedStage): void;
}

/** Calls the factory; what it throws passes through. */
export function createInstance(
  defined: DefinedStage,
  facts: AudioFacts,
  around: Surroundings,
): StageInstance {
  const position: Position = { seconds: 0 };
  const live = { audible: true };
  const context: StageContext = {
    ...facts,
    parameters: defined.parameters,
    emit(name: string, value: Value, time: number = position.seconds) {
      if (live.audible) around.emissions.add(defined.index, name, value, time);
    },
    results(name: string): Emitted[] {
      around.onResults(defined);
      return around.emissions.before(defined.index, name);
    },
    audio: () => around.audio(),
  };
  const start = now();
  const made = defined.stage.create(context);
  const createMs = now() - start;
  if (!isBody(made) && typeof made !== "function")
    throw new TypeError(`The factory returned ${describe(made)} instead of a function or { process }`);
  const body: StageBody = typeof made === "function" ? { process: made } : made;
  return Object.assign(live, {
    ...defined,
    call: stageFrame(defined.index, body),
    finish: body.finish ? stageFrame(defined.index, { process: () => body.finish?.() }) : undefined,
    facts,
    position,
    framesOut: 0,
    createMs,
    segment: -1,
  });
}

const isBody = (made: unknown): made is StageBody =>
  typeof made === "object" && made !== null && "process" in made && typeof made.process === "function";
const isStage = (given: unknown): given is Stage =>
  typeof given === "object" && given !== null && "create" in given && typeof given.create === "function";

const describe = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "an array"
      : value === undefined
        ? "nothing"
        : `a ${typeof value}`;

/** Reads what a pipeline's module exports. @throws Error that says what is wrong with it */
export function definedStages(
  pipeline: Pipeline,
  overrides: Readonly<Record<string, number | boolean | string>>,
  segmentSeconds: number,
): DefinedStage[] {
  return Object.entries(pipeline.stages).map(([name, given], index) => {
    const stage: unknown = typeof given === "function" ? { create: given } : given;
    if (!isStage(stage))
      throw new TypeError(`Stage "${name}" is ${describe(given)} instead of a factory or { create }`);
    if (stage.scope !== undefined && !["stream", "block", "file"].includes(stage.scope))
      throw new TypeError(
        `Stage "${name}" has the scope "${stage.scope as string}"; "stream", "block" and "file" exist`,
      );
    const scope = stage.scope ?? "stream";
    // A longer warm-up than a segment would need more of the past than is kept: such a stage runs in order.
    const restarts = scope === "stream" && stage.warmUp !== undefined && stage.warmUp <= segmentSeconds;
    return { index, name, stage, scope, restarts, parameters: parametersOf(name, stage, overrides) };
  });
}

/** An override `ratio` goes to every stage that declares it, `compressor.ratio` to one. */
function parametersOf(
  name: string,
  stage: Stage,
  overrides: Readonly<Record<string, number | boolean | string>>,
): Record<string, number | boolean | string> {
  const parameters = { ...stage.parameters };
  for (const [key, value] of Object.entries(overrides)) {
    if (key in parameters) parameters[key] = value;
    if (key.startsWith(`${name}.`)) parameters[key.slice(name.length + 1)] = value;
  }
  return parameters;
}
