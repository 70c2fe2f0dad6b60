import { compareResults } from "../core/compareResults.ts";
import type { Finding, Run } from "../core/run.ts";
import type { VariantFigures } from "../core/variants.ts";
import { threadLoad } from "../core/threadLoad.ts";
import { speedOf } from "../core/units.ts";
import type { ProfileOutcome, ProfileRequest, VariantSound } from "../protocol/engine.ts";
import {
  startProfile,
  startSoundComparison,
  type EngineOptions,
  type RunningJob,
  type RunningProfile,
} from "./engineClient.ts";
import { cancelledFailure, ProfileFailure } from "./profileFailure.ts";

/** Faults at block edges show at one of these: the shortest of live work, one that fits nothing, and the usual one. */
const BLOCK_SIZES = [64, 500, 4096];
/** A rendering for each variant and size takes its time; faults show early. */
const MOST_SECONDS = 120;

/**
 * Profiles the pipeline as written and in each of its variants, each in a process of its own, then compares the sound. The
 * run is that of the pipeline as written, with all variants' figures.
 */
export function startVariants(request: ProfileRequest, options: EngineOptions): RunningProfile {
  let underWay: RunningJob<unknown> | undefined;
  let isCancelled = false;
  const step = <T>(start: () => RunningJob<T>): Promise<T> => {
    if (isCancelled) throw cancelledFailure();
    const job = start();
    underWay = job;
    return job.outcome;
  };

  const outcome = async (): Promise<ProfileOutcome> => {
    const written = await step(() => startProfile(request, options));
    const names = variantNames(written.run);
    if (written.run.state === "cancelled") return written;
    if (names.length === 0) return withFinding(written, NO_VARIANTS);
    const runs = [written.run];
    for (const variant of names) {
      const parameters = { ...request.parameters, variant };
      const again = { ...request, parameters, machine: written.run.machine };
      runs.push(
        (
          await named(
            variant,
            step(() => startProfile(again, options)),
          )
        ).run,
      );
    }
    const variants = [null, ...names];
    const soundRequest = { ...request, variants, blockSizes: BLOCK_SIZES, mostSeconds: MOST_SECONDS };
    const sounds = await step(() => startSoundComparison(soundRequest, options));
    const figures = variants.map((name, index) =>
      figuresOf(name, runs[index] ?? written.run, written.run, sounds),
    );
    return { ...written, run: { ...written.run, variants: figures } };
  };
  return {
    outcome: outcome(),
    cancel: () => {
      isCancelled = true;
      underWay?.cancel();
    },
  };
}

/** A failure tells in which variant it came. */
async function named<T>(variant: string, outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    if (!(error instanceof ProfileFailure) || error.details.kind === "cancelled") throw error;
    throw new ProfileFailure(`Variant "${variant}": ${error.message}`, error.details);
  }
}

/** In the order in which the stages name them. */
const variantNames = ({ stages }: Run): string[] => [...new Set(stages.flatMap(({ variants }) => variants))];

function figuresOf(
  name: string | null,
  run: Run,
  written: Run,
  sounds: readonly VariantSound[],
): VariantFigures {
  const load = threadLoad(run);
  return {
    name,
    stagesMs: run.totals.stagesMs,
    load,
    speed: load > 0 ? speedOf(load) : null,
    peakMemoryMB: run.memory?.peakMB ?? 0,
    stages: run.stages.map(({ name: stage, variant, selfMs }) => ({ name: stage, variant, selfMs })),
    sound: sounds.find(({ variant }) => variant === name)?.sound ?? [],
    results: compareResults(written.results, run.results),
  };
}

const NO_VARIANTS: Finding = {
  kind: "no-variants",
  severity: "information",
  text: "No stage of this pipeline has variants, so there was nothing to compare. Give a stage `variants: { name: factory }`.",
  where: null,
};

const withFinding = (outcome: ProfileOutcome, finding: Finding): ProfileOutcome => ({
  ...outcome,
  run: { ...outcome.run, findings: [...outcome.run.findings, finding] },
});
