import { basename } from "node:path";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatPosition,
  formatSeconds,
  plural,
} from "../../../core/format.ts";
import type { SlowBlocks } from "../../../core/run/measured/slowBlocks.ts";
import type { StageMemoryFacts } from "../../../core/run/measured/stageMemory.ts";
import type { Milliseconds } from "../../../core/units.ts";
import type { Finding, MemoryFacts, StageFigures, Totals } from "../../../core/run/run.ts";
import type { ProfileRequest } from "../../../protocol/engine.ts";
import { Failure } from "../../failure.ts";
import type { AudioSource } from "../../audio/audioSource.ts";
import type { LoadedPipeline } from "../../worker/lane/laneProtocol.ts";
import { disturbedFinding } from "./disturbedFinding.ts";
import { causeWords, honestyFindings } from "./honesty.ts";
import type { Measured } from "../measure.ts";
import { unknownAmong } from "../unknownParameters.ts";

export interface FindingParts {
  readonly request: ProfileRequest;
  readonly source: AudioSource;
  readonly pipeline: LoadedPipeline;
  readonly measured: Measured;
  readonly memory: MemoryFacts;
  readonly movedBecause: string | null;
  readonly cancelled: boolean;
  readonly stages: readonly StageFigures[];
  readonly totals: Totals;
  readonly slowBlocks: SlowBlocks | null;
  readonly stageMemory: StageMemoryFacts | null;
  /** A sentence about what ended a worker. */
  why(this: void, death: Error): Error;
  /** How much more the machine's clock went on during the run than one that doesn't jump. */
  readonly clockDriftMs: Milliseconds;
}

/** What a person should know before trusting or using the figures. */
export function findingsOf(parts: FindingParts): Finding[] {
  return [
    cancelled(parts),
    workerDied(parts),
    decodedWithErrors(parts),
    disturbed(parts),
    notNumbersIn(parts),
    notNumbersOut(parts),
    overruns(parts),
    sampledWhileTimed(parts),
    keptOnOneLane(parts),
    ranInProcess(parts),
    besideOthers(parts),
    memoryHighWater(parts),
    memoryCritical(parts),
    heapNotRead(parts),
    resultsCut(parts),
    ...fallbacks(parts),
    ...sameCode(parts),
    ...unknownParameters(parts),
    ...honestyFindings(parts),
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

function workerDied({ measured: { died, timed }, source, why }: FindingParts): Finding | null {
  if (!died) return null;
  const failure = why(died);
  const what =
    timed.frames < source.frames
      ? `A worker died, so the figures are those of the recording up to ${formatPosition(timed.frames / source.sampleRate)}.`
      : "A worker died after the recording had been timed, so what is measured after that is missing.";
  return {
    kind: "worker-died",
    severity: "error",
    text: `${what} ${failure.message}`,
    where: failure instanceof Failure ? failure.details.where : null,
  };
}
/** Beside other runs those disturb it, which another finding says. */
const disturbed = ({
  measured: { disturbances, disturbedRepeats },
  request,
}: FindingParts): Finding | null =>
  request.jobs === 1 ? disturbedFinding(disturbances, disturbedRepeats) : null;

function decodedWithErrors({ source, request }: FindingParts): Finding | null {
  const { places, first, endsEarly } = source.problems;
  if (!first) return null;
  const name = basename(request.audio);
  const at = `at ${places === 1 ? "one place" : `${formatCount(places)} places, the first`} at ${formatPosition(first.time)}`;
  const end = endOf(source);
  const isCutOff = endsEarly && places === 1;
  const [what, unreliable] = isCutOff
    ? [
        `is cut off: it ${end}`,
        "Only what is there was profiled, and at its end times along the file are unreliable",
      ]
    : [
        `was decoded with errors ${at}: ${first.what}${endsEarly ? `, and it ${end}` : ""}`,
        "From there on times along the file are unreliable",
      ];
  return {
    kind: "decoded-with-errors",
    severity: "warning",
    text: `${name} ${what}. ${unreliable}. Copy or export it again and profile that.`,
    where: { time: first.time },
  };
}

/** Of a file that was cut off. */
function endOf({ frames, sampleRate, problems: { promised } }: AudioSource): string {
  const end = formatPosition(frames / sampleRate);
  return promised === null
    ? `ends at ${end}, before its sound does`
    : `ends ${formatSeconds(promised - frames / sampleRate)} early, at ${end}`;
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

function notNumbersOut({ measured: { sound, timed }, stages }: FindingParts): Finding | null {
  if (timed.notNumbers === 0 || sound.firstNotNumber !== null) return null;
  // Of several stages nobody knows which one it was.
  const [only] = stages.length === 1 ? stages : [];
  return {
    kind: "not-a-number-from-stage",
    severity: "warning",
    text: `${plural(timed.notNumbers, "block")} came out with samples that are no number, though the recording has none. Look for a division by zero or a filter that isn't stable.`,
    where: only ? { stage: only.name, file: only.file, line: only.line } : null,
  };
}

function overruns({ totals: { deadline }, slowBlocks }: FindingParts): Finding | null {
  if (!deadline || deadline.overruns === 0) return null;
  const why =
    slowBlocks && slowBlocks.count > 0
      ? `What slows blocks: ${causeWords(slowBlocks)}.`
      : "What other programs took of the processor counts too: run it again on a quiet machine to be sure.";
  return {
    kind: "overrun",
    severity: "warning",
    text: `${formatCount(deadline.overruns)} of ${plural(deadline.blocks, "block")} took longer than the ${formatDuration(deadline.budgetMs)} they last, the slowest ${formatDuration(deadline.block.max)}. Live, each of them is heard as a gap. ${why}`,
    where: null,
  };
}

function sampledWhileTimed({ measured: { timed, sampled }, stages }: FindingParts): Finding | null {
  if (timed.sampled === null || sampled) return null;
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

function ranInProcess({ movedBecause: reason, pipeline }: FindingParts): Finding | null {
  if (reason === null) return null;
  return {
    kind: "ran-in-a-process",
    severity: "information",
    text: `${pipeline.name} can't be loaded in a thread (${reason}), so it ran in processes of its own: handing over audio costs more there, outside of the stages' times. Say isolation: "process" in the pipeline to have it so at once.`,
    where: null,
  };
}

function besideOthers({ request: { jobs } }: FindingParts): Finding | null {
  if (jobs === 1) return null;
  return {
    kind: "measured-beside-others",
    severity: "information",
    text: `${jobs === 2 ? "Another recording was" : `Up to ${formatCount(jobs - 1)} other recordings were`} profiled at the same time, so durations hold what they took of the machine, and no deadline was measured. Profile one after the other for exact figures: --jobs 1, or waveflame.jobs.`,
    where: null,
  };
}

function memoryHighWater({ memory }: FindingParts): Finding | null {
  const events = memory.events.filter(({ kind }) => kind === "high-water");
  const [first] = events;
  if (!first) return null;
  return {
    kind: "memory-high-water",
    severity: "information",
    text: `The engine held ${inMB(first.residentMB)}, above the high-water mark of ${inMB(memory.highWaterMB)}, so less of the recording was read ahead: at most ${formatCount(memory.readAheadFrames)} frames in the end. What the stages computed doesn't depend on it. Keep less between blocks, or raise waveflame.memory.highWaterMB.`,
    where: null,
  };
}

function memoryCritical({ memory }: FindingParts): Finding | null {
  const events = memory.events.filter(({ kind }) => kind === "critical");
  const most = Math.max(...events.map(({ residentMB }) => residentMB));
  if (events.length === 0) return null;
  return {
    kind: "memory-critical",
    severity: "warning",
    text: `The engine held ${inMB(most)}, above the critical mark of ${inMB(memory.criticalMB)}: what was read ahead was dropped, idle buffers and caches were released and garbage collected${events.length > 1 ? `, ${formatCount(events.length)} times` : ""}. The collections cost time, though not within stages. Keep less between blocks, or raise waveflame.memory.criticalMB.`,
    where: null,
  };
}

function heapNotRead({ measured: { heap }, request }: FindingParts): Finding | null {
  if (!(heap instanceof Error)) return null;
  const stage = request.measure.heapAfter ?? "";
  return {
    kind: "heap-not-read",
    severity: "warning",
    text: `The heap after stage "${stage}" couldn't be read (${heap.message}). Its snapshot needs as much room in the temporary folder as the heap takes, and half a gigabyte is the most that can be read: make room, or keep less.`,
    where: { stage },
  };
}

function resultsCut({ measured: { timed } }: FindingParts): Finding | null {
  const from = timed.emissionsCutFrom;
  if (from === null) return null;
  return {
    kind: "results-cut",
    severity: "warning",
    text: `The stages emitted more than a run can hold: what they emitted from ${formatPosition(from)} on isn't in it, and no stage got it from results. Emit less for each block, or write it to a file of your own.`,
    where: { time: from },
  };
}

function fallbacks({ measured }: FindingParts): Finding[] {
  return measured.fallbacks.map(({ wanted, taken, reason }) => ({
    kind: "fallback",
    severity: "warning" as const,
    text: `${capitalised(wanted)} can't be used here (${reason}), so ${taken} ran instead; the figures are those of what ran.`,
    where: null,
  }));
}

function sameCode({ pipeline }: FindingParts): Finding[] {
  return pipeline.stages
    .filter(({ isSameCode }) => isSameCode)
    .map(({ name, variant }) => ({
      kind: "same-code",
      severity: "warning" as const,
      text: `The variant "${variant ?? ""}" of stage "${name}" is the same function as the stage as written, so what differs in time is chance. Give it another implementation or take it out.`,
      where: { stage: name },
    }));
}

function unknownParameters({ request, pipeline }: FindingParts): Finding[] {
  return unknownAmong(request.parameters, pipeline.stages).map(({ stage, problem, effect, advice }) => ({
    kind: "unknown-parameter",
    severity: "warning" as const,
    text: `${problem}, ${effect}. ${advice}`,
    where: stage === null ? null : { stage },
  }));
}

const inMB = (megabytes: number): string => formatBytes(megabytes * 2 ** 20);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
