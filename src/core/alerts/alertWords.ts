import { formatDuration, formatFigure, formatLoad, formatShare } from "../format.ts";
import { baseName } from "../names/paths.ts";
import type { FileAccess } from "../run/measured/io.ts";
import type { Run } from "../run/run.ts";
import type { Blame } from "./blame.ts";

/** Each says what was measured beside its limit, where most of it lies, and what to do. */
export const cpuWords = (_run: Run, measured: number, limit: number, blame: Blame): string =>
  `One worker alone needs ${percent(measured)} of real time, and ${setting("cpuPercent")} allows ${asSet(limit, "%")}${workWords(blame)}`;

export const timeWords = (_run: Run, measured: number, limit: number, blame: Blame): string =>
  `A minute of audio took ${formatDuration(measured * 1000)}, and ${setting("secondsPerMinute")} allows ${asSet(limit, "s")}${workWords(blame)}`;

export function memoryWords({ stageMemory }: Run, measured: number, limit: number, blame: Blame): string {
  const much = `The run held ${megabytes(measured)} at its peak, and ${setting("memoryMB")} allows ${asSet(limit, "MB")}`;
  const growth = stageMemory?.growth ?? null;
  if (stageMemory === null || blame.stage === null)
    return `${much}: which stage holds it isn't known, so turn on waveflame.measure.memory and run again.`;
  if (growth?.stage === blame.stage.name && growth.mbPerAudioMinute > 0)
    return `${much}: the ${blame.stage.name} stage keeps ${megabytes(growth.mbPerAudioMinute)} more with each minute of audio, so drop there what it no longer needs.`;
  const allocated =
    stageMemory.stages.find(({ stage }) => stage === blame.stage?.name)?.mbPerAudioMinute ?? 0;
  return `${much}: the ${blame.stage.name} stage allocates most, ${megabytes(allocated)} for each minute of audio, so use its arrays again instead.`;
}

export function ioWaitWords({ io }: Run, measured: number, limit: number, { stage }: Blame): string {
  const much = `The machine waited for disks ${percent(measured)} of the time, and ${setting("ioWaitPercent")} allows ${asSet(limit, "%")}`;
  if (stage === null)
    return `${much}: no stage used a file, so the recording's own disk or another program is behind it; copy the recording to a faster disk and run again.`;
  const files = (io?.files ?? []).filter((each) => each.stage === stage.name).sort((a, b) => b.ms - a.ms);
  const ms = files.reduce((sum, each) => sum + each.ms, 0);
  return `${much}: the ${stage.name} stage spent ${formatDuration(ms)} on files${mostlyWords(files)}, so do that once in its factory, or less of it.`;
}

const mostlyWords = ([first, ...others]: readonly FileAccess[]): string =>
  first ? `, ${others.length === 0 ? "all" : "most"} of it on ${baseName(first.path)}` : "";

/** Below it a stage's own work is what takes the time. */
const MOSTLY_WAITING = 0.5;

function workWords({ stage, line }: Blame): string {
  if (stage === null) return ": give it a faster machine, or change the setting.";
  if (stage.wallMs > 0 && 1 - stage.selfMs / stage.wallMs >= MOSTLY_WAITING)
    return `: the ${stage.name} stage waits most, ${formatDuration(stage.wallMs - stage.selfMs)} for promises, so wait for several at once.`;
  const share = `: the ${stage.name} stage takes ${formatShare(stage.share)} of the stages' time`;
  if (line === null) return `${share}, so begin there.`;
  return `${share}, its hottest line ${formatShare(line.share)}, so begin there.`;
}

const setting = (name: string): string => `waveflame.alerts.${name}`;
const percent = (value: number): string => formatLoad(value / 100);
/** A limit reads as it was typed. */
const asSet = (limit: number, unit: string): string => `${formatFigure(limit)}\u202f${unit}`;
const megabytes = (value: number): string => `${formatFigure(value)}\u202fMB`;
