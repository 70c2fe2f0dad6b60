import { basename, dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pipelineName } from "../../core/names/pipelineName.ts";
import type { Parameters, Pipeline, Stage, StageFactory, Variant } from "../../library/pipeline.ts";
import type { WorkletOptions, WorkletStage } from "../../library/worklet.ts";
import { READY, type StageBody } from "../worker/stages/stageCall.ts";
import { ProcessorRun } from "./processor/processorRun.ts";
import type { Registration } from "./scope/registrations.ts";
import { ScopeModules, type ReadSource } from "./scope/scopeModules.ts";
import { WorkletScope } from "./scope/workletScope.ts";

/** The Web Audio API's render quantum. */
const QUANTUM = 128;

/** What a person should know of a processor. */
export interface ProcessorNote {
  readonly kind: "processors-left" | "process-returned-no-boolean";
  readonly text: string;
  readonly stage: string;
  /** Whose place in the source it is about. */
  readonly about: unknown;
}

export interface WorkletHost {
  /** Of the recording. */
  readonly sampleRate: number;
  readonly read: ReadSource;
  note(note: ProcessorNote): void;
}

/** Parameters of a run that say how a processor's file itself is run. */
const PROCESSOR = "processor";
const RENDER_QUANTUM = "renderQuantumSize";

/** The classes behind stages' factories, for the line that a stage stands on. */
const classes = new WeakMap<StageFactory, unknown>();

/** What of a stage an author wrote: a processor's class, else the factory. */
export const writtenFor = (create: StageFactory): unknown => classes.get(create) ?? create;

/**
 * A processor's file as a pipeline of one stage: the processor that was asked for, else the first one registered.
 *
 * @throws Error that says what is wrong with it
 */
export async function processorPipeline(
  url: string,
  asked: Readonly<Parameters>,
  host: WorkletHost,
): Promise<Pipeline> {
  const { [PROCESSOR]: processor, [RENDER_QUANTUM]: given } = asked;
  const renderQuantumSize = given === undefined ? QUANTUM : Number(given);
  const options = { renderQuantumSize, ...(processor === undefined ? {} : { processor: String(processor) }) };
  const loaded = await loadProcessor(url, options, host.sampleRate, host);
  const { name } = loaded.registration;
  const others = loaded.names.filter((other) => other !== name);
  if (others.length > 0 && processor === undefined)
    host.note({
      kind: "processors-left",
      stage: name,
      text: `${basename(fileURLToPath(url))} registers ${loaded.names.length} processors, and the first one, "${name}", was run. For ${others.map((other) => `"${other}"`).join(", ")} set the parameter processor to the name.`,
      about: loaded.registration.processor,
    });
  const stage = { ...stageOf(name, loaded, options, host) };
  stage.parameters = { ...stage.parameters, [PROCESSOR]: name, [RENDER_QUANTUM]: renderQuantumSize };
  return {
    name: pipelineName(basename(fileURLToPath(url))),
    blockFrames: renderQuantumSize,
    stages: { [name]: stage },
  };
}

/** Makes ordinary stages of a pipeline's worklets. @throws Error that says what is wrong with one */
export async function withWorklets(pipeline: Pipeline, url: string, host: WorkletHost): Promise<Pipeline> {
  const entries = Object.entries(pipeline.stages);
  if (!entries.some(([, stage]) => workletsIn(stage).length > 0)) return pipeline;
  let { sampleRate } = host;
  const stages: Pipeline["stages"] = {};
  for (const [name, stage] of entries) {
    stages[name] = typeof stage === "function" ? stage : await resolved(name, stage, sampleRate, url, host);
    if (typeof stage !== "function") sampleRate = stage.output?.sampleRate ?? sampleRate;
  }
  const quanta = entries.flatMap(([, stage]) =>
    workletsIn(stage).map(({ worklet }) => worklet.options.renderQuantumSize ?? QUANTUM),
  );
  // Their deadline is the render quantum's.
  return { ...pipeline, stages, blockFrames: pipeline.blockFrames ?? Math.max(...quanta) };
}

async function resolved(
  name: string,
  stage: Stage,
  sampleRate: number,
  url: string,
  host: WorkletHost,
): Promise<Stage> {
  const load = async ({ worklet: { file, options } }: WorkletStage, declared?: Parameters): Promise<Made> => {
    const loaded = await loadProcessor(urlOf(file, url), options, sampleRate, host);
    return stageOf(name, loaded, options, host, declared);
  };
  const made = isWorklet(stage) ? await load(stage) : undefined;
  const variants: Record<string, StageFactory | Variant> = {};
  for (const [variant, one] of Object.entries(stage.variants ?? {}))
    variants[variant] = isWorklet(one) ? { ...one, ...(await load(one, made?.parameters ?? {})) } : one;
  return {
    ...stage,
    ...made,
    ...(made ? { parameters: { ...made.parameters, ...stage.parameters } } : {}),
    ...(stage.variants ? { variants } : {}),
  };
}

const isWorklet = (stage: unknown): stage is WorkletStage =>
  typeof stage === "object" && stage !== null && "worklet" in stage;

const workletsIn = (stage: Stage | StageFactory): WorkletStage[] =>
  typeof stage === "function" ? [] : [stage, ...Object.values(stage.variants ?? {})].filter(isWorklet);

/** A path may hold what means something else in a URL. */
const urlOf = (file: string, pipelineUrl: string): string =>
  file.startsWith("file:") ? file : pathToFileURL(resolve(dirname(fileURLToPath(pipelineUrl)), file)).href;

type Made = Required<Pick<Stage, "create" | "parameters">>;

interface Loaded {
  readonly scope: WorkletScope;
  readonly modules: ScopeModules;
  readonly registration: Registration;
  readonly names: readonly string[];
}

async function loadProcessor(
  url: string,
  options: WorkletOptions,
  sampleRate: number,
  host: WorkletHost,
): Promise<Loaded> {
  const { renderQuantumSize = QUANTUM, globals = [], processor } = options;
  if (!Number.isInteger(renderQuantumSize) || renderQuantumSize < 1)
    throw new RangeError(`renderQuantumSize is ${renderQuantumSize}; a whole number above 0 is needed`);
  const scope = new WorkletScope({ sampleRate, renderQuantumSize, globals });
  const modules = new ScopeModules(scope, host.read);
  await modules.import(url);
  const { names } = scope.registrations;
  const file = basename(fileURLToPath(url));
  const [first] = names;
  if (first === undefined)
    throw new TypeError(`${file} registered no processor: call registerProcessor(name, class) in it`);
  const registration = scope.registrations.get(processor ?? first);
  if (!registration)
    throw new RangeError(`${file} registers no processor "${processor ?? ""}"; it has ${names.join(", ")}`);
  const params = registration.descriptors.map(({ name }) => name);
  const unknown = Object.keys(options.parameters ?? {}).find((name) => !params.includes(name));
  if (unknown !== undefined)
    throw new RangeError(
      `The processor "${registration.name}" has no parameter "${unknown}"; it has ${params.length > 0 ? params.join(", ") : "none"}`,
    );
  return { scope, modules, registration, names };
}

/**
 * The stage and its parameters: those of the processor that are constant.
 *
 * @param declared what the stage's parameters are where nobody sets any; for a variant those of the stage as written
 */
function stageOf(
  stage: string,
  { scope, modules, registration }: Loaded,
  options: WorkletOptions,
  host: WorkletHost,
  declared?: Parameters,
): Made {
  const parameters = Object.fromEntries(
    registration.descriptors.flatMap(({ name, defaultValue }) => {
      const given = options.parameters?.[name] ?? defaultValue;
      return typeof given === "number" ? [[name, given] as const] : [];
    }),
  );
  let isNoted = false;
  const onNoBoolean = (returned: unknown): void => {
    if (isNoted) return;
    isNoted = true;
    host.note({
      kind: "process-returned-no-boolean",
      stage,
      text: `The processor "${registration.name}" returns ${returned === undefined ? "nothing" : `a ${typeof returned}`} from process, which browsers read as ${Boolean(returned)}. Return true while it is to be called without input, else false.`,
      about: Reflect.get(registration.processor.prototype, "process"),
    });
  };
  const create: StageFactory = (context) => {
    const run = new ProcessorRun({
      scope,
      registration,
      options,
      context,
      set: (name) => setIn(context.parameters, declared ?? parameters, name),
      usesPromises: modules.usesPromises,
      onNoBoolean,
    });
    const body: StageBody = {
      process: (block) => run.process(block),
      finish: () => run.finish(),
      [READY]: () => run.ready(),
    };
    return body;
  };
  classes.set(create, registration.processor);
  return { create, parameters };
}

/** What somebody set for this run. @throws TypeError for what an AudioParam can't be */
function setIn(parameters: Parameters, declared: Parameters, name: string): number | undefined {
  const value = parameters[name];
  if (value === undefined || value === declared[name]) return undefined;
  if (typeof value === "number") return value;
  throw new TypeError(`The parameter "${name}" is ${JSON.stringify(value)} and must be a number`);
}
