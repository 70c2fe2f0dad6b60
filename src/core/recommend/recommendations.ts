import { baseName } from "../names/paths.ts";
import { formatCount, formatDuration, formatError, formatNumber, formatShare, plural } from "../format.ts";
import { hotLines, type HotLine } from "../lines/hotLines.ts";
import { collectingIn } from "../run/collecting.ts";
import { files } from "./files.ts";
import { couldGoAnywhere, mostParallel } from "./parallel.ts";
import type { FindingPlace, Run, StageFigures } from "../run/run.ts";
import type { Milliseconds } from "../units.ts";

/** Something to try, with what speaks for it. Nothing here is promised: the next run measures it. */
export interface Recommendation {
  readonly kind:
    | "hot-line"
    | "scope"
    | "overruns"
    | "more-workers"
    | "fewer-workers"
    | "collection"
    | "files"
    | "not-a-number";
  readonly title: string;
  /** The figures it comes from, in sentences. */
  readonly because: string;
  /** How to try it. */
  readonly attempt: string;
  readonly gain: Gain;
  readonly where: FindingPlace | null;
}

export interface Gain {
  /** At most so much of `of`; null where the figures don't tell. */
  readonly ms: Milliseconds | null;
  /** `stages`: work of one worker; `elapsed`: the timed pass. */
  readonly of: "stages" | "elapsed";
  readonly text: string;
}

/** A line has to stand out by more than its error before anybody is sent to it. */
const HOT_LINE = 0.15;
const COLLECTION = 0.05;
const WORTH_TRYING = 0.1;
/** A stage's slowest block that is so much slower than its middle one is something else than its ordinary work. */
const SPIKE = 3;

/** Those that the figures support, the largest gain first; those without a figure for it come last. */
export function recommend(run: Run): Recommendation[] {
  // What to try is about stages and their blocks, of which another tool's profile knows nothing.
  if (run.imported) return [];
  const found = [
    notANumber(run),
    hotLine(run),
    overruns(run),
    scope(run),
    workers(run),
    collection(run),
    files(run),
  ];
  return found
    .filter((each) => each !== null)
    .sort(
      (a, b) => Number(b.kind === "not-a-number") - Number(a.kind === "not-a-number") || worth(b) - worth(a),
    );

  function worth(each: Recommendation): number {
    const whole = each.gain.of === "stages" ? run.totals.stagesMs : run.totals.wallMs;
    return each.gain.ms === null || whole <= 0 ? -1 : each.gain.ms / whole;
  }
}

function notANumber(run: Run): Recommendation | null {
  const finding = run.findings.find(
    ({ kind }) => kind === "not-a-number-in-recording" || kind === "not-a-number-from-stage",
  );
  if (!finding) return null;
  return {
    kind: "not-a-number",
    title: "Keep values that aren't numbers out first",
    because: finding.text,
    attempt:
      "Test for Number.isFinite where the values enter, then run again: until then no figure here is typical.",
    gain: { ms: null, of: "stages", text: "unknown until the recording is measured without them" },
    where: finding.where,
  };
}

function hotLine(run: Run): Recommendation | null {
  const [line] = hotLines(run, HOT_LINE);
  if (!line || line.share - line.error < HOT_LINE) return null;
  const ms = line.selfMs / 2;
  const [stage] = line.stages;
  return {
    kind: "hot-line",
    title: `One line takes ${formatShare(line.share)} of the stage time`,
    because: `${baseName(line.file)}:${line.line} costs ${formatDuration(line.selfMs)}, ± ${formatError(line.error)} points${inStages(run, line)}.`,
    attempt:
      "Look there for what is the same in every block and move it into the factory, for powers and logarithms per sample, and for a copy that isn't needed.",
    gain: { ms, of: "stages", text: "if the line took half as long" },
    where: { ...(stage === undefined ? {} : { stage }), file: line.file, line: line.line },
  };
}

/** A part of its stage; of several stages, as the helpers have them that two share, their names. */
function inStages({ stages }: Run, line: HotLine): string {
  if (line.stages.length > 1) return `, in the stages ${list(line.stages)}`;
  const only = stages.find(({ name }) => name === line.stages[0]);
  return only && only.selfMs > 0
    ? `: ${formatShare(line.selfMs / only.selfMs)} of the ${only.name} stage`
    : "";
}

function overruns(run: Run): Recommendation | null {
  const deadline = run.totals.deadline;
  if (!deadline || deadline.overruns === 0) return null;
  const spike = worstSpike(run.stages);
  if (!spike) return null;
  return {
    kind: "overruns",
    title: `Find what slows the ${spike.name} stage in single blocks`,
    because: `${formatCount(deadline.overruns)} of ${plural(deadline.blocks, "block")} took longer than the ${formatDuration(deadline.budgetMs)} they last. The ${spike.name} stage needs ${formatDuration(spike.block.p50)} for its middle block and ${formatDuration(spike.block.max)} for its slowest: ${formatNumber(spike.block.max / spike.block.p50)} times as long.`,
    attempt:
      "If they lie where the sound stops, its filters hold denormal numbers: add and subtract 1e-20. If they are spread out, it allocates: reuse arrays made in the factory. If they come first, do that work in the factory.",
    gain: { ms: null, of: "stages", text: `up to ${plural(deadline.overruns, "late block")} fewer` },
    where: { stage: spike.name, file: spike.file, line: spike.line },
  };
}

/** Of the stages whose slowest block is out of line, the one whose p99, or else whose slowest block, is longest. */
function worstSpike(stages: readonly StageFigures[]): StageFigures | undefined {
  return stages
    .filter(({ block }) => block.p50 > 0 && block.max > SPIKE * block.p50)
    .sort((a, b) => b.block.p99 - a.block.p99 || b.block.max - a.block.max)[0];
}

function scope(run: Run): Recommendation | null {
  const found = couldGoAnywhere(run);
  if (!found || found.gainMs < WORTH_TRYING * run.totals.wallMs) return null;
  const { stage, group, groupMs, gainMs } = found;
  const chain =
    group.length === 1
      ? `The ${stage.name} stage keeps one worker busy for ${formatDuration(groupMs)}`
      : `The stages ${list(group)} keep state, so they follow one another on one worker: ${formatDuration(groupMs)} of work`;
  return {
    kind: "scope",
    title: `Let ${stage.name} run anywhere in the file`,
    because: `${chain}, which is what the ${formatDuration(run.totals.wallMs)} on ${plural(run.workers.used, "worker")} wait for${group.length === 1 ? "" : `; ${stage.name} takes ${formatDuration(stage.selfMs)} of it`}.`,
    attempt: `If it keeps nothing from one block to the next, give it scope: "block". If it forgets after some seconds, give it warmUp: those seconds.`,
    gain: { ms: gainMs, of: "elapsed", text: `on ${plural(run.workers.used, "worker")}, at most` },
    where: { stage: stage.name, file: stage.file, line: stage.line },
  };
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function workers(run: Run): Recommendation | null {
  const { used, byRule } = run.workers;
  const { logicalCores } = run.machine;
  if (used > logicalCores) {
    return {
      kind: "fewer-workers",
      title: `Use no more workers than the machine runs at once`,
      because: `${plural(used, "worker")} shared ${plural(logicalCores, "logical core")}, so they waited for one another and every duration holds that wait.`,
      attempt: `Take the setting waveflame.workers away: the rule gives ${byRule} here.`,
      gain: { ms: null, of: "elapsed", text: "truer durations" },
      where: null,
    };
  }
  const segments = Math.ceil(run.audio.durationSeconds / run.pipeline.segmentSeconds);
  const gainMs = run.totals.wallMs - mostParallel(run, Math.min(byRule, segments));
  if (used >= byRule || gainMs < WORTH_TRYING * run.totals.wallMs) return null;
  return {
    kind: "more-workers",
    title: `Use ${plural(byRule, "worker")} instead of ${used}`,
    because: `The rule for ${plural(logicalCores, "logical core")} gives ${byRule}; this run used ${used}: ${run.workers.reason}`,
    attempt: `Set waveflame.workers to ${byRule}, or take the setting away.`,
    gain: { ms: gainMs, of: "elapsed", text: "if every worker runs at full speed" },
    where: null,
  };
}

function collection(run: Run): Recommendation | null {
  const { totals } = run;
  const perStage = run.stages.map((stage) => collectingIn(run, stage).ms);
  const ms = perStage.reduce((sum, each) => sum + each, 0);
  const worst = run.stages[perStage.indexOf(Math.max(...perStage))];
  if (!worst || totals.stagesMs <= 0 || ms / totals.stagesMs < COLLECTION) return null;
  return {
    kind: "collection",
    title: "Leave the collector less to do",
    because: `Collecting memory took ${formatDuration(ms)}, ${formatShare(ms / totals.stagesMs)} of the stage time, most of it while the ${worst.name} stage was at work, which need not be the one that leaves the most behind.`,
    attempt: "Create arrays and objects in the factories, and fill them again in each block.",
    gain: { ms, of: "stages", text: "if nothing were left to collect" },
    where: null,
  };
}
