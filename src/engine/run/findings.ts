import { formatCount, formatDuration, formatPosition, plural } from "../../core/format.ts";
import type { Finding, StageFigures, Totals } from "../../core/run.ts";
import type { ProfileRequest } from "../../protocol/engine.ts";
import type { AudioSource } from "../../library/audio/audioSource.ts";
import type { LoadedPipeline } from "../worker/laneProtocol.ts";
import type { Measured } from "./measure.ts";

export interface FindingParts {
  readonly request: ProfileRequest;
  readonly source: AudioSource;
  readonly pipeline: LoadedPipeline;
  readonly measured: Measured;
  readonly cancelled: boolean;
  readonly stages: readonly StageFigures[];
  readonly totals: Totals;
}

/** What a person should know before trusting or using the figures. */
export function findingsOf(parts: FindingParts): Finding[] {
  return [
    cancelled(parts),
    notNumbersIn(parts),
    notNumbersOut(parts),
    overruns(parts),
    sampledWhileTimed(parts),
    keptOnOneLane(parts),
    ...unknownParameters(parts),
  ].filter((finding) => finding !== null);
}

function cancelled({ cancelled: was, measured, source }: FindingParts): Finding | null {
  if (!was) return null;
  const { frames } = measured.timed;
  const until = formatPosition(frames / source.sampleRate);
  return {
    kind: "cancelled",
    severity: "information",
    text:
      frames < source.frames
        ? `The run was cancelled: its figures are those of the recording up to ${until}.`
        : "The run was cancelled while its lines were sampled, so their shares are less certain than usual.",
    where: null,
  };
}

function notNumbersIn({ measured: { sound } }: FindingParts): Finding | null {
  if (sound.firstNotNumber === null) return null;
  return {
    kind: "not-a-number-in-recording",
    severity: "warning",
    text: `${plural(sound.notNumbers, "sample")} of the recording ${sound.notNumbers === 1 ? "is" : "are"} no finite number, the first at ${formatPosition(sound.firstNotNumber)}; what stages make of it may cost more or less than sound does. Export the recording again.`,
    where: { time: sound.firstNotNumber },
  };
}

function notNumbersOut({ measured: { sound, timed } }: FindingParts): Finding | null {
  if (timed.notNumbers === 0 || sound.firstNotNumber !== null) return null;
  return {
    kind: "not-a-number-from-stage",
    severity: "warning",
    text: `${plural(timed.notNumbers, "block")} came out with samples that are no number, though the recording has none. Look for a division by zero or a filter that isn't stable.`,
    where: null,
  };
}

function overruns({ totals: { deadline } }: FindingParts): Finding | null {
  if (!deadline || deadline.overruns === 0) return null;
  return {
    kind: "overrun",
    severity: "warning",
    text: `${formatCount(deadline.overruns)} of ${plural(deadline.blocks, "block")} took longer than the ${formatDuration(deadline.budgetMs)} they last, the slowest ${formatDuration(deadline.block.max)}. Live, each of them is heard as a gap. What other programs took of the processor counts too: run it again on a quiet machine to be sure.`,
    where: null,
  };
}

function sampledWhileTimed({ measured: { timed, sampled }, stages }: FindingParts): Finding | null {
  if (timed.samples.length === 0 || sampled) return null;
  const waits = stages.some(({ asynchronous }) => asynchronous);
  return {
    kind: "sampled-while-timed",
    severity: "information",
    text: waits
      ? "A stage returns promises, so the run wasn't repeated: its lines were sampled at 1 ms while it was timed."
      : "The run takes long, so its lines were sampled at 1 ms while it was timed; its durations hold the sampler's cost, about 0.2 %.",
    where: null,
  };
}

function keptOnOneLane({ measured: { keptOnOneLane: stage } }: FindingParts): Finding | null {
  if (stage === null) return null;
  return {
    kind: "kept-on-one-worker",
    severity: "information",
    text: `Stage "${stage}" reads results while the recording runs, so all stages stayed on one worker. Read them in a file stage to use several.`,
    where: { stage },
  };
}

function unknownParameters({ request, pipeline }: FindingParts): Finding[] {
  const known = new Set(
    pipeline.stages.flatMap(({ name, parameters }) =>
      Object.keys(parameters).flatMap((key) => [key, `${name}.${key}`]),
    ),
  );
  return Object.keys(request.parameters)
    .filter((key) => !known.has(key))
    .map((key) => ({
      kind: "unknown-parameter",
      severity: "warning" as const,
      text: `No stage declares the parameter "${key}", so it changed nothing. Check its spelling.`,
      where: null,
    }));
}
