import type {
  Parameters,
  Pipeline,
  Recording,
  Stage,
  StageFactory,
  Variant,
} from "../../../library/pipeline.ts";
import { ParameterError } from "../../../library/parameterError.ts";
import { StageThrew } from "./stageThrew.ts";

/** The audio as it reaches a stage. */
export interface AudioFacts {
  /** In Hz. */
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly blockFrames: number;
  /** How much later than in the recording it is. */
  readonly latencyFrames: number;
}

/** A stage as a pipeline defines it, with the chosen variant and every default filled in. */
export interface DefinedStage {
  readonly index: number;
  readonly name: string;
  readonly create: StageFactory;
  /** Null where it runs as written. */
  readonly variant: string | null;
  /** The variant is the very function of the stage as written, under the same terms: nothing to compare. */
  readonly isSameCode: boolean;
  /** All it has, without the one as written. */
  readonly variants: readonly string[];
  readonly scope: "stream" | "block" | "file";
  /**
   * A stream stage that begins anew at every segment hears so many seconds of what came before; null where it runs in
   * order.
   */
  readonly warmUp: number | null;
  readonly latencyFrames: number;
  /** A file stage that may ask for the sound again. */
  readonly readsAudio: boolean;
  readonly durationSeconds: number;
  readonly parameters: Parameters;
  /** Those of them that only the run names. */
  readonly undeclared: readonly string[];
  /** Those that the run gave another value than the stage declares, `undeclared` among them. */
  readonly changed: readonly string[];
  readonly facts: AudioFacts;
  /** The audio as it leaves. */
  readonly factsAfter: AudioFacts;
}

/** What stages are defined for. */
export interface DefinedFor {
  /** The recording's path. */
  readonly file: string;
  readonly source: Omit<AudioFacts, "latencyFrames">;
  readonly durationSeconds: number;
  readonly segmentSeconds: number;
  /** `ratio` goes to every stage that declares it, `compressor.ratio` to one; so does `variant`. */
  readonly parameters: Readonly<Parameters>;
}

const SCOPES: readonly unknown[] = ["stream", "block", "file"];

/** Reads what a pipeline's module exports. @throws Error that says what is wrong with it; StageThrew where only this recording displeases it */
export async function definedStages(pipeline: Pipeline, given: DefinedFor): Promise<DefinedStage[]> {
  let facts: AudioFacts = { ...given.source, latencyFrames: 0 };
  const stages: DefinedStage[] = [];
  for (const [name, written] of Object.entries(pipeline.stages)) {
    const defined = await definedStage(stages.length, name, written, facts, given);
    facts = defined.factsAfter;
    stages.push(defined);
  }
  return stages;
}

async function definedStage(
  index: number,
  name: string,
  written: unknown,
  facts: AudioFacts,
  given: DefinedFor,
): Promise<DefinedStage> {
  const stage = asStage(written);
  if (!stage)
    throw new TypeError(`Stage "${name}" is ${describeKind(written)} instead of a factory or { create }`);
  const variant = variantOf(name, stage, given.parameters);
  const chosen = { ...stage, ...implementationOf(name, stage, variant) };
  const scope = chosen.scope ?? "stream";
  if (!SCOPES.includes(scope))
    throw new TypeError(
      `Stage "${name}" has the scope "${scope as string}"; "stream", "block" and "file" exist`,
    );
  const parameters = parametersOf(name, stage, given.parameters);
  const { file, durationSeconds } = given;
  const recording: Recording = { file, ...facts, durationSeconds, parameters };
  await checkStage(name, stage, recording);
  const warmUp = valueFor(name, chosen.warmUp, recording);
  const latencyFrames = valueFor(name, chosen.latencyFrames, recording) ?? 0;
  return {
    index,
    name,
    create: chosen.create,
    variant,
    isSameCode: variant !== null && isSame(chosen, stage),
    variants: Object.keys(stage.variants ?? {}),
    scope,
    // A longer warm-up than a segment would need more of the past than is kept: such a stage runs in order.
    warmUp: scope === "stream" && warmUp !== undefined && warmUp <= given.segmentSeconds ? warmUp : null,
    latencyFrames,
    readsAudio: scope === "file" && (valueFor(name, stage.readsAudio, recording) ?? true),
    durationSeconds,
    parameters,
    undeclared: Object.keys(parameters).filter((key) => !Object.hasOwn(stage.parameters ?? {}, key)),
    changed: Object.keys(parameters).filter((key) => parameters[key] !== stage.parameters?.[key]),
    facts,
    factsAfter: factsAfter(stage, facts, given.source, latencyFrames),
  };
}

const asStage = (written: unknown): Stage | undefined =>
  typeof written === "function"
    ? { create: written as StageFactory }
    : isStage(written)
      ? written
      : undefined;

const isStage = (written: unknown): written is Stage =>
  typeof written === "object" &&
  written !== null &&
  "create" in written &&
  typeof written.create === "function";

/** A variant asked for of all stages is taken by those that have it; one asked for of one stage must be there. @throws StageThrew */
function variantOf(name: string, stage: Stage, parameters: Readonly<Parameters>): string | null {
  const own = parameters[`${name}.variant`];
  const variants = Object.keys(stage.variants ?? {});
  if (own === undefined) {
    const wanted = String(parameters["variant"]);
    return variants.includes(wanted) ? wanted : null;
  }
  if (variants.includes(String(own))) return String(own);
  const instead =
    variants.length > 0
      ? `give ${listed(variants)}, or leave that out for the stage as written`
      : "it has none, so leave that out";
  throw new StageThrew(new ParameterError(`variant is "${String(own)}": ${instead}`), name, null);
}

const listed = (names: readonly string[]): string =>
  names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;

function implementationOf(name: string, stage: Stage, variant: string | null): Variant {
  const found: unknown = variant === null ? stage : stage.variants?.[variant];
  const implementation = asStage(found);
  if (implementation) return implementation;
  throw new TypeError(
    `Variant "${variant ?? ""}" of stage "${name}" is ${describeKind(found)} instead of a factory or { create }`,
  );
}

/** Two functions of one text may close over different things: only one and the same function is surely the same code. */
const isSame = (a: Variant, b: Variant): boolean =>
  a.create === b.create &&
  a.scope === b.scope &&
  a.warmUp === b.warmUp &&
  a.latencyFrames === b.latencyFrames;

function parametersOf(name: string, stage: Stage, overrides: Readonly<Parameters>): Parameters {
  const parameters = { ...stage.parameters };
  for (const [key, value] of Object.entries(overrides)) {
    if (Object.hasOwn(parameters, key)) parameters[key] = value;
    if (key.startsWith(`${name}.`) && key !== `${name}.variant`)
      parameters[key.slice(name.length + 1)] = value;
  }
  return parameters;
}

/** @throws StageThrew */
async function checkStage(name: string, stage: Stage, recording: Recording): Promise<void> {
  try {
    await stage.check?.(recording);
  } catch (error) {
    throw new StageThrew(error, name, null);
  }
}

/** @throws StageThrew, because another recording may please it */
function valueFor<T extends number | boolean | undefined>(
  stage: string,
  value: T | ((recording: Recording) => T),
  recording: Recording,
): T {
  if (typeof value !== "function") return value;
  try {
    return value(recording);
  } catch (error) {
    throw new StageThrew(error, stage, null);
  }
}

function factsAfter(
  { output }: Stage,
  before: AudioFacts,
  source: DefinedFor["source"],
  latencyFrames: number,
): AudioFacts {
  const sampleRate = output?.sampleRate ?? before.sampleRate;
  return {
    sampleRate,
    channelCount: output?.channelCount ?? before.channelCount,
    blockFrames: Math.max(1, Math.round((source.blockFrames * sampleRate) / source.sampleRate)),
    latencyFrames: Math.round(((before.latencyFrames + latencyFrames) * sampleRate) / before.sampleRate),
  };
}

/** As it reads in "… is a number instead of …". */
export const describeKind = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "an array"
      : value === undefined
        ? "nothing"
        : `a ${typeof value}`;
