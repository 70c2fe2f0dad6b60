import { resolve } from "node:path";
import { looksAtNothing } from "../../../core/alerts/thresholds.ts";
import type { Finding, Machine, Run } from "../../../core/run/run.ts";
import { runLine } from "../../../core/report/runLine.ts";
import { terminalReport } from "../../../core/report/terminalReport.ts";
import { harmless } from "../../../core/report/terminalText.ts";
import type { ProfileOutcome } from "../../../protocol/engine.ts";
import { BatchProgress, profileEach, type AfterOne } from "../../profiling/batch.ts";
import { startProfile, type PipelineOutput, type RunningProfile } from "../../process/engineClient.ts";
import { settingsOfFolder } from "../../settings/folderSettings.ts";
import { startVariants } from "../../profiling/profileVariants.ts";
import { meetsAllRecordings } from "../../process/profileFailure.ts";
import { profileRequest } from "../../profiling/requests.ts";
import { writeReportOf } from "../../reports/writeReport.ts";
import { keptHeap } from "../../runs/heapFiles.ts";
import { RunStore } from "../../runs/runStore.ts";
import { chooseRuntime, type ChosenRuntime } from "../../process/runtime.ts";
import { memoryLimitOf, thresholdsOf, type Settings } from "../../settings/settings.ts";
import { inEnglish } from "../../translate.ts";
import type { ProfileCommand } from "./profileArguments.ts";
import { alertLine, alertsIn } from "../alertLines.ts";
import { choosePipeline } from "../choosePipeline.ts";
import { checkJsonPath, checkReplaced, jsonText, writeJson } from "../jsonOutput.ts";
import { keepsRuns } from "../keepsRuns.ts";
import { progressLine, type ProgressLine } from "../progressLine.ts";
import { shownPath } from "../shownPath.ts";
import type { Surroundings } from "../surroundings.ts";
import { tellProblems } from "../tellProblems.ts";
import type { Output } from "../terminal.ts";

interface Plan {
  readonly command: ProfileCommand;
  readonly settings: Settings;
  readonly pipeline: string;
  readonly runtime: ChosenRuntime;
  readonly store: RunStore | null;
  /** Where the report and what the pipeline prints go. */
  readonly reportTo: Output;
  /** How many recordings are under way at once. */
  readonly jobs: number;
  readonly progress: BatchProgress;
  readonly line: ProgressLine;
}

/** `limit broken`: all were profiled, and one breaks a limit where that was to be checked. */
export type ProfileEnd = "done" | "limit broken" | "failed";

/**
 * Profiles the recordings, one after the other or as many at once as the settings say; one that fails is named and the
 * others go on, unless the pipeline itself can't be loaded.
 * @throws Error with a sentence where nothing could be begun.
 */
export async function profileAll(command: ProfileCommand, around: Surroundings): Promise<ProfileEnd> {
  const plan = await planOf(command, around);
  /** By their place among the files. */
  const runs = new Map<number, Run>();
  const profileFile = async (file: string, index: number): Promise<AfterOne> => {
    if (around.stop.aborted) return "stop";
    try {
      const [known] = runs.values();
      runs.set(index, await profileOne(file, index, known?.machine ?? null, plan, around));
      return "next";
    } catch (error) {
      plan.line.erase();
      tellFailure(file, error, command, around.terminal.error);
      return meetsAllRecordings(error) ? "stop" : "next";
    }
  };
  const left = await profileEach(command.files, plan.jobs, profileFile);
  const done = command.files.flatMap((_, index) => runs.get(index) ?? []);
  if (left.length > 0 && !around.stop.aborted)
    around.terminal.error.write(
      `Not begun, because the pipeline can't be loaded: ${harmless(left.join(", "))}.\n`,
    );
  const missing = command.files.filter((_, index) => !runs.has(index));
  if (command.files.length > 1 && (!command.quiet || missing.length > 0)) {
    const butThese = missing.length > 0 && done.length > 0 ? `, all but ${harmless(missing.join(", "))}` : "";
    around.terminal.error.write(
      `${done.length} of ${command.files.length} recordings profiled${butThese}.\n`,
    );
  }
  await writeRuns(done, command, around);
  if (done.length < command.files.length || around.stop.aborted || !done.every(isWhole)) return "failed";
  const isBroken = command.check && done.some((run) => alertsIn(run, plan.settings).length > 0);
  return isBroken ? "limit broken" : "done";
}

/** Nothing of what was asked for is missing. */
const isWhole = ({ state, findings }: Run): boolean => state === "complete" && !findings.some(isError);

const isError = ({ severity }: Finding): boolean => severity === "error";

async function planOf(command: ProfileCommand, around: Surroundings): Promise<Plan> {
  const { folder, terminal } = around;
  const { settings, problems } = await settingsOfFolder(folder, command.overrides);
  tellProblems(problems, terminal.error);
  if (command.check && looksAtNothing(thresholdsOf(settings)))
    tellProblems(["--check has nothing to check: no limit is set in waveflame.alerts."], terminal.error);
  if (command.json !== null && command.json !== "-") {
    const json = resolve(folder, command.json);
    await checkJsonPath(json);
    await checkReplaced(
      json,
      command.files.map((file) => resolve(folder, file)),
    );
  }
  const pipeline = await choosePipeline(folder, settings.pipelines, command.pipeline, around.pipelinesPath);
  const isKept = await keepsRuns(folder, settings.pipelines, pipeline);
  return {
    command,
    settings,
    pipeline,
    runtime: await runtimeOf(command, settings, around),
    store: isKept ? new RunStore({ workspace: folder, fallback: around.storage }) : null,
    reportTo: command.json === "-" ? terminal.error : terminal.out,
    jobs: Math.min(settings.jobs, command.files.length),
    progress: new BatchProgress(command.files.length, inEnglish),
    line: progressLine(terminal.error),
  };
}

async function runtimeOf(
  { runtime }: ProfileCommand,
  settings: Settings,
  { own, folder }: Surroundings,
): Promise<ChosenRuntime> {
  if (runtime === null) return chooseRuntime(settings.runtime, own);
  if (runtime === "auto" || runtime === "editor") return chooseRuntime(runtime, own);
  return { ...(await chooseRuntime(resolve(folder, runtime), own)), source: "command line" };
}

/** @param machine As an earlier recording's run found it. */
async function profileOne(
  file: string,
  index: number,
  machine: Machine | null,
  plan: Plan,
  around: Surroundings,
): Promise<Run> {
  const outcome = await measure(file, index, machine, plan, around);
  plan.line.erase();
  const errors = around.terminal.error;
  const saved = plan.store ? await plan.store.save(outcome) : null;
  const run = saved?.run ?? outcome.run;
  if (!plan.command.quiet) {
    plan.reportTo.write(`${reportOf(run, outcome, plan)}\n`);
    if (plan.command.files.length > 1) errors.write(`${harmless(runLine(run))}\n`);
    if (saved?.path)
      errors.write(`${errors.paint("quiet", `Saved as ${shownPath(saved.path, around.folder)}`)}\n`);
    const heap = await keptHeap(around.folder, run);
    if (heap !== null)
      errors.write(`${errors.paint("quiet", `Heap snapshot: ${shownPath(heap, around.folder)}`)}\n`);
  } else {
    for (const { text } of run.findings.filter(isError))
      errors.write(`${errors.paint("bad", "error")}: ${harmless(text)}\n`);
    if (saved?.note) errors.write(`${errors.paint("warm", "warning")}: ${saved.note.text}\n`);
  }
  await writeOneReport(run, outcome, plan, around);
  if (plan.command.check)
    for (const alert of alertsIn(run, plan.settings))
      errors.write(`${alertLine(alert, run, plan.command.files.length > 1)}\n`);
  return run;
}

/** What the settings ask for; a run is none the worse where it can't be written. */
async function writeOneReport(
  run: Run,
  outcome: ProfileOutcome,
  plan: Plan,
  { folder, terminal }: Surroundings,
): Promise<void> {
  try {
    const path = await writeReportOf(run, plan.settings, textsOf(outcome), folder);
    if (path !== null && !plan.command.quiet)
      terminal.error.write(`${terminal.error.paint("quiet", `Report: ${shownPath(path, folder)}`)}\n`);
  } catch (error) {
    tellProblems([error instanceof Error ? error.message : String(error)], terminal.error);
  }
}

const textsOf = ({ sources }: ProfileOutcome): Map<string, string> =>
  new Map(sources.map(({ file, text }) => [file, text]));

async function measure(
  file: string,
  index: number,
  machine: Machine | null,
  plan: Plan,
  around: Surroundings,
): Promise<ProfileOutcome> {
  const { settings, runtime, progress, line } = plan;
  const request = profileRequest({
    audio: resolve(around.folder, file),
    pipeline: plan.pipeline,
    workspace: around.folder,
    settings,
    parameters: plan.command.parameters,
    runtimeSource: runtime.source,
    waveflame: around.version,
    machine,
    jobs: plan.jobs,
    heapAfter: plan.command.heapAfter,
  });
  progress.begin(index, file);
  const start = plan.command.variants ? startVariants : startProfile;
  const running = start(request, {
    enginePath: around.enginePath,
    runtime,
    memoryLimit: memoryLimitOf(settings),
    heapFolder: plan.store ? around.folder : null,
    onProgress: (now) => {
      progress.tell(index, now);
      if (!plan.command.quiet) line.show(progress.text);
    },
    onOutput: (output) => {
      line.erase();
      pass(output, plan, around.terminal.error);
    },
  });
  try {
    return await cancelledBy(around.stop, running, line);
  } finally {
    progress.end(index);
    line.erase();
  }
}

async function cancelledBy(
  stop: AbortSignal,
  running: RunningProfile,
  line: ProgressLine,
): Promise<ProfileOutcome> {
  const cancel = (): void => {
    line.erase();
    running.cancel();
  };
  stop.addEventListener("abort", cancel, { once: true });
  try {
    return await running.outcome;
  } finally {
    stop.removeEventListener("abort", cancel);
  }
}

function pass({ stream, text }: PipelineOutput, plan: Plan, errors: Output): void {
  (stream === "out" ? plan.reportTo : errors).write(text);
}

function reportOf(run: Run, outcome: ProfileOutcome, plan: Plan): string {
  const texts = textsOf(outcome);
  return terminalReport(run, {
    colour: plan.reportTo.colour,
    columns: plan.reportTo.columns,
    source: (file) => texts.get(file) ?? null,
    parameters: { ...plan.settings.parameters, ...plan.command.parameters },
    alerts: alertsIn(run, plan.settings),
  });
}

function tellFailure(file: string, error: unknown, { files }: ProfileCommand, errors: Output): void {
  const sentence = harmless(error instanceof Error ? error.message : String(error));
  const name = files.length > 1 && !sentence.includes(file) ? `${harmless(file)}: ` : "";
  errors.write(`${errors.paint("bad", "error")}: ${name}${sentence}\n`);
}

async function writeRuns(
  runs: readonly Run[],
  { json, files }: ProfileCommand,
  around: Surroundings,
): Promise<void> {
  if (json === null || (runs.length === 0 && files.length === 1)) return;
  const text = jsonText(runs, files.length > 1);
  if (json === "-") around.terminal.out.write(text);
  else await writeJson(resolve(around.folder, json), text);
}
