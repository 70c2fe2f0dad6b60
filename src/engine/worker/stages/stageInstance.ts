import { basename, join } from "node:path";
import { besideFile } from "../../../library/files/besideFile.ts";
import type { Block, Emitted, StageContext, Value } from "../../../library/pipeline.ts";
import { describeKind, type DefinedStage } from "./definedStages.ts";
import type { Emissions } from "./emissions.ts";
import { now } from "../measuring/clock.ts";
import { READY, stageFrame, type StageBody, type StageCall } from "./stageCall.ts";

/** Where a stage stands in the recording, for the default time of what it emits. */
export interface Position {
  seconds: number;
}

export interface StageInstance extends DefinedStage {
  readonly call: StageCall;
  /** Ignores the block that it is called with. */
  readonly finish: StageCall | undefined;
  readonly ready: (() => Promise<void>) | undefined;
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
  /** The recording's path. */
  readonly file: string;
  /** Takes all files that stages write; null: they lie where their names say. */
  outputFolder(): string | null;
  readonly emissions: Emissions;
  audio(): AsyncIterable<Block>;
  /** Called before `results` is read by a stage that may not know all of them. */
  onResults(stage: DefinedStage): void;
}

/** Calls the factory; what it throws passes through. */
export function createInstance(defined: DefinedStage, around: Surroundings): StageInstance {
  const position: Position = { seconds: 0 };
  const live = { audible: true };
  const context: StageContext = {
    ...defined.facts,
    durationSeconds: defined.durationSeconds,
    file: around.file,
    outputFile: (path) => outputFile(path, around),
    parameters: defined.parameters,
    emit(name: string, value: Value, time: number = position.seconds) {
      if (live.audible) around.emissions.add(defined.index, name, value, time);
    },
    results(name: string): Emitted[] {
      around.onResults(defined);
      return around.emissions.before(defined.index, name);
    },
    audio: () => {
      if (defined.readsAudio) return around.audio();
      throw new Error(
        defined.scope === "file"
          ? "It reads audio() though it says readsAudio: false"
          : 'Only a file stage can read audio(): give it scope: "file"',
      );
    },
  };
  const start = now();
  const made = defined.create(context);
  const createMs = now() - start;
  if (!isBody(made) && typeof made !== "function")
    throw new TypeError(`The factory returned ${describeKind(made)} instead of a function or { process }`);
  const body: StageBody = typeof made === "function" ? { process: made } : made;
  return Object.assign(live, {
    ...defined,
    call: stageFrame(defined.index, body),
    finish: body.finish ? stageFrame(defined.index, { process: () => body.finish?.() }) : undefined,
    ready: body[READY],
    position,
    framesOut: 0,
    createMs,
    segment: -1,
  });
}

function outputFile(path: string, around: Surroundings): string {
  const folder = around.outputFolder();
  return folder === null ? besideFile(around.file, path) : join(folder, basename(path));
}

const isBody = (made: unknown): made is StageBody =>
  typeof made === "object" && made !== null && "process" in made && typeof made.process === "function";
