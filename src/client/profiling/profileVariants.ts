import { compareResults } from "../../core/variants/compareResults.ts";
import type { Emission, Finding, FindingKind, Run, Severity } from "../../core/run/run.ts";
import type { VariantFigures } from "../../core/variants/variants.ts";
import { threadLoad } from "../../core/run/threadLoad.ts";
import { speedOf } from "../../core/units.ts";
import type { ProfileOutcome, ProfileRequest, SoundRequest, VariantSound } from "../../protocol/engine.ts";
import { timesOnly } from "./requests.ts";
import {
  startProfile,
  startSoundComparison,
  type EngineOptions,
  type RunningJob,
  type RunningProfile,
} from "../process/engineClient.ts";
import { cancelledFailure, ProfileFailure, toProfileFailure } from "../process/profileFailure.ts";
import { comparingProgress, profilingProgress, type OnProgress } from "./variantProgress.ts";

const COMPARED = {
  /** Faults at block edges show at one of these: the shortest of live work, one that fits nothing, and the usual one. */
  blockSizes: [64, 500, 4096],
  /** A rendering for each variant and size takes its time; faults show early. */
  mostSeconds: 120,
  discardsFiles: true,
} as const;

/**
 * Profiles the pipeline as written and in each of its variants, each in a process of its own, then compares the sound. The
 * run is that of the pipeline as written, with the figures of all variants that were measured; a finding says what failed
 * or was cancelled.
 */
export function startVariants(given: ProfileRequest, options: EngineOptions): RunningProfile {
  const request = withoutVariant(given);
  const steps = new Steps();
  const profile = (change: Partial<ProfileRequest>, onProgress: OnProgress): Promise<ProfileOutcome> =>
    steps.take(() => startProfile({ ...request, ...change }, { ...options, onProgress }));

  const outcome = async (): Promise<ProfileOutcome> => {
    const written = await profile({}, profilingProgress(null, 0, null, options.onProgress));
    const names = variantNames(written.run);
    const findings = leftOut(given);
    const { machine, state } = written.run;
    if (state === "cancelled") return withFindings(written, findings);
    if (names.length === 0) return withFindings(written, [...findings, NO_VARIANTS]);
    const measured: Measured[] = [{ name: null, run: written.run }];
    for (const [index, variant] of names.entries()) {
      const tell = profilingProgress(variant, index + 1, names.length + 1, options.onProgress);
      const parameters = { ...request.parameters, variant };
      const change = { parameters, machine, measure: timesOnly(request.measure), discardsFiles: true };
      try {
        const { run } = await profile(change, tell);
        // Of a part of the recording: nothing to compare.
        if (run.state === "cancelled") throw deathIn(run) ?? cancelledFailure();
        measured.push({ name: variant, run });
        findings.push(...ownFindings(variant, run, written.run));
      } catch (error) {
        if (!steps.isCancelled) findings.push(failedVariant(variant, error));
      }
    }
    const variants = measured.map(({ name }) => name);
    const sounds = await heard({ ...request, ...COMPARED, measure: timesOnly(request.measure), variants });
    if (steps.isCancelled) findings.push(CANCELLED);
    else if (sounds instanceof Error) findings.push(soundNotCompared(sounds));
    const figures = measured.map((one) => figuresOf(one, written.run, sounds instanceof Error ? [] : sounds));
    const isAny = measured.length > 1 || figures.some(({ sound }) => sound.length > 0);
    const run = { ...written.run, variants: isAny ? figures : [] };
    return withFindings({ ...written, run }, findings);
  };

  /** Of what ended a worker in the middle. */
  const deathIn = ({ findings: found }: Run): Error | null => {
    const death = found.find(({ kind }) => kind === "worker-died");
    return death ? new ProfileFailure(death.text, { kind: "exit", where: death.where }) : null;
  };

  /** What went wrong is given back, because the runs are worth keeping without it. */
  const heard = async (soundRequest: SoundRequest): Promise<readonly VariantSound[] | Error> => {
    const onProgress = comparingProgress(options.onProgress);
    try {
      return await steps.take(() => startSoundComparison(soundRequest, { ...options, onProgress }));
    } catch (error) {
      return toProfileFailure(error);
    }
  };
  return { outcome: outcome(), cancel: () => steps.cancel() };
}

/** Jobs one after another, until a cancel. */
class Steps {
  #underWay: RunningJob<unknown> | undefined;
  isCancelled = false;

  async take<T>(start: () => RunningJob<T>): Promise<T> {
    if (this.isCancelled) throw cancelledFailure();
    const job = start();
    this.#underWay = job;
    return job.outcome;
  }

  cancel(): void {
    this.isCancelled = true;
    this.#underWay?.cancel();
  }
}

interface Measured {
  /** Null: as written. */
  readonly name: string | null;
  readonly run: Run;
}

/** In the order in which the stages name them. */
const variantNames = ({ stages }: Run): string[] => [...new Set(stages.flatMap(({ variants }) => variants))];

function figuresOf({ name, run }: Measured, written: Run, sounds: readonly VariantSound[]): VariantFigures {
  const load = threadLoad(run);
  const heard = sounds.find(({ variant }) => variant === name);
  return {
    name,
    stagesMs: run.totals.stagesMs,
    load,
    speed: load > 0 ? speedOf(load) : null,
    peakMemoryMB: run.memory?.peakMB ?? 0,
    stages: run.stages.map(({ name: stage, variant, selfMs }) => ({ name: stage, variant, selfMs })),
    sound: heard?.sound ?? [],
    refusals: heard?.refusals ?? [],
    results: compareResults(...comparableResults(written, run)),
  };
}

/** Without those of stages that begin anew at every segment in one of the two alone: these are parts, as many as there are segments. */
function comparableResults(...runs: readonly [Run, Run]): [Emission[], Emission[]] {
  const [here, there] = runs.map(
    ({ stages }) =>
      new Set(stages.filter(({ warmUpSeconds }) => warmUpSeconds !== null).map(({ name }) => name)),
  );
  const comparable = ({ results }: Run): Emission[] =>
    results.filter(({ stage }) => here?.has(stage) === there?.has(stage));
  return [comparable(runs[0]), comparable(runs[1])];
}

/** `variant`, or that of one stage. */
const picksVariant = (parameter: string): boolean => /(^|\.)variant$/.test(parameter);

function withoutVariant(request: ProfileRequest): ProfileRequest {
  const kept = Object.entries(request.parameters).filter(([name]) => !picksVariant(name));
  return { ...request, parameters: Object.fromEntries(kept) };
}

function leftOut({ parameters }: ProfileRequest): Finding[] {
  const names = Object.keys(parameters).filter(picksVariant);
  if (names.length === 0) return [];
  const [are, they] = names.length === 1 ? ["is", "it"] : ["are", "they"];
  const list = names.map((name) => `${name}=${String(parameters[name])}`).join(", ");
  return [
    finding(
      "variant-left-out",
      "information",
      `${list} ${are} left out, because each variant is run by itself, beside the pipeline as written. Profile without variants where ${they} shall hold.`,
    ),
  ];
}

/** What a person should know of a variant and doesn't know of the pipeline as written. */
function ownFindings(variant: string, { findings }: Run, written: Run): Finding[] {
  const known = new Set(written.findings.map(({ kind, text }) => `${kind} ${text}`));
  return findings
    .filter(({ kind, severity, text }) => severity !== "information" && !known.has(`${kind} ${text}`))
    .map((one) => ({ ...one, text: inVariant(variant, one.text), where: { ...one.where, variant } }));
}

const failedVariant = (variant: string, error: unknown): Finding => {
  const { message, details } = toProfileFailure(error);
  const where = { ...details.where, variant };
  return { kind: "variant-failed", severity: "error", text: inVariant(variant, message), where };
};

const inVariant = (variant: string, sentence: string): string => `Variant "${variant}": ${sentence}`;

const soundNotCompared = ({ message }: Error): Finding =>
  finding("sound-not-compared", "error", `The sound of the variants wasn't compared: ${message}`);

const finding = (kind: FindingKind, severity: Severity, text: string): Finding => ({
  kind,
  severity,
  text,
  where: null,
});

const CANCELLED = finding(
  "variants-cancelled",
  "information",
  "Profiling the variants was cancelled: those that are missing weren't measured to the end, and their sound wasn't compared to the end. The figures of the pipeline as written are whole.",
);

const NO_VARIANTS = finding(
  "no-variants",
  "information",
  "No stage of this pipeline has variants, so there was nothing to compare. Give a stage `variants: { name: factory }`.",
);

const withFindings = (outcome: ProfileOutcome, findings: readonly Finding[]): ProfileOutcome => ({
  ...outcome,
  run: { ...outcome.run, findings: [...outcome.run.findings, ...findings] },
});
