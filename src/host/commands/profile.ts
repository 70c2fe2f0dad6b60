import { basename } from "node:path";
import { l10n, Uri, workspace, type CancellationToken, type LogOutputChannel } from "vscode";
import { BatchProgress, profileEach, type AfterOne } from "../../client/profiling/batch.ts";
import { ProfileFailure, startProfile } from "../../client/process/engineClient.ts";
import { startVariants } from "../../client/profiling/profileVariants.ts";
import { meetsAllRecordings } from "../../client/process/profileFailure.ts";
import { profileRequest } from "../../client/profiling/requests.ts";
import { chooseRuntime, type OwnRuntime } from "../../client/process/runtime.ts";
import { writeReportOf } from "../../client/reports/writeReport.ts";
import { memoryLimitOf, type Settings } from "../../client/settings/settings.ts";
import { runLine } from "../../core/report/runLine.ts";
import type { Machine, Run } from "../../core/run/run.ts";
import type { Progress } from "../../protocol/engine.ts";
import type { OwnFiles } from "../ownFiles.ts";
import type { RunShelf } from "../runs/runShelf.ts";
import type { RunOnShow, ShownRun } from "../runs/shownRun.ts";
import { uriOfRunFile } from "../runs/uriOfRunFile.ts";
import type { HostSettings } from "../settings/hostSettings.ts";
import type { PipelineChoice } from "./choosePipeline.ts";
import { watchHands } from "./handsWatch.ts";
import type { Messages } from "./messages.ts";
import { withProgressUntilCancelled, type Report } from "./progressNotification.ts";
import { recordingsAtHand } from "./recordingsAtHand.ts";

export interface ProfileParts {
  readonly own: OwnFiles;
  readonly shown: RunOnShow;
  readonly shelf: RunShelf;
  readonly pipelines: PipelineChoice;
  readonly messages: Messages;
  readonly settings: HostSettings;
  readonly log: LogOutputChannel;
  /** Called once after at least one recording was profiled. @param busy the person went on working meanwhile */
  onDone(this: void, what: WhatToProfile, busy: boolean): Promise<void>;
}

/** For whoever runs the command from code. */
export interface ProfileSummary {
  readonly profiled: number;
  readonly failed: number;
}

/** The pipeline as written, or in all its variants. */
export type WhatToProfile = "pipeline" | "variants";

export interface Profiler {
  /** Recordings through one pipeline, as many at once as the settings say; one that fails is named and the others are done. */
  profile(recordings: readonly Uri[], what?: WhatToProfile): Promise<ProfileSummary>;
  /** The same, but asks with which one, also where the workspace has only one. */
  profileWithPipeline(recordings: readonly Uri[]): Promise<ProfileSummary>;
  /** The shown run once more; what it was of, where nothing else is asked for. @param heapAfter the stage after which the heap is looked into */
  again(what?: WhatToProfile, heapAfter?: string): Promise<ProfileSummary>;
}

interface Work {
  readonly what: WhatToProfile;
  readonly heapAfter: string | null;
  /** The name of the recording under way. */
  recording: string;
  isCancelled: boolean;
  ended: Promise<unknown>;
}

const NOTHING: ProfileSummary = { profiled: 0, failed: 0 };

export function createProfiler(parts: ProfileParts): Profiler {
  const { shown, shelf, messages, log } = parts;
  let underWay: Work | null = null;
  let machine: Machine | null = null;

  const chooseAndRun = async (
    given: readonly Uri[],
    what: WhatToProfile,
    asksAlways: boolean,
  ): Promise<ProfileSummary> => {
    if (!workspace.isTrusted) {
      messages.untrusted();
      return NOTHING;
    }
    const recordings = given.length > 0 ? given : await recordingsAtHand();
    const [first] = recordings;
    if (!first) return NOTHING;
    const pipeline = await parts.pipelines.forRecording(first, asksAlways);
    return pipeline === null ? NOTHING : runAll(recordings, Uri.file(pipeline), what);
  };

  const again: Profiler["again"] = async (what, heapAfter) => {
    const { current } = shown;
    if (!current) return NOTHING;
    if (!workspace.isTrusted) {
      messages.untrusted();
      return NOTHING;
    }
    const { audio, pipeline, imported } = current.run;
    if (imported)
      throw new Error(
        l10n.t("{0} was measured by another tool: record it again there, and open it again.", imported.file),
      );
    return runAll(
      [uriOfRunFile(audio.path, current.folder)],
      uriOfRunFile(pipeline.file, current.folder),
      what ?? whatWas(current.run),
      heapAfter,
    );
  };

  const runAll = async (
    recordings: readonly Uri[],
    pipeline: Uri,
    what: WhatToProfile,
    heapAfter: string | null = null,
  ): Promise<ProfileSummary> => {
    // It ends within moments: whoever starts anew needn't know.
    if (underWay?.isCancelled) await underWay.ended;
    if (underWay) {
      messages.inform(
        l10n.t(
          "Waveflame is profiling {0}: cancel that or wait, because two at once disturb each other.",
          underWay.recording,
        ),
      );
      return NOTHING;
    }
    // At once, so that a second click finds it.
    const work: Work = {
      what,
      heapAfter,
      recording: basename(recordings[0]?.fsPath ?? ""),
      isCancelled: false,
      ended: Promise.resolve(),
    };
    underWay = work;
    await saveSources();
    const hands = watchHands();
    const summary = runWithProgress(recordings, pipeline, work).finally(() => {
      underWay = null;
      hands.dispose();
    });
    work.ended = summary.catch(() => undefined);
    if ((await summary).profiled > 0) await parts.onDone(what, hands.moved);
    return summary;
  };

  const runWithProgress = (recordings: readonly Uri[], pipeline: Uri, work: Work): Promise<ProfileSummary> =>
    withProgressUntilCancelled(l10n.t("Waveflame"), (report, token) => {
      token.onCancellationRequested(() => {
        work.isCancelled = true;
      });
      return runEach(recordings, pipeline, work, report, token);
    });

  const runEach = async (
    recordings: readonly Uri[],
    pipeline: Uri,
    work: Work,
    report: Report,
    token: CancellationToken,
  ): Promise<ProfileSummary> => {
    const summary = { profiled: 0, failed: 0 };
    const progress = new BatchProgress(recordings.length, l10n.t);
    const jobs = Math.min(settingsFor(recordings[0] ?? pipeline, pipeline).jobs, recordings.length);
    let shownPart = 0;
    const show = (): void => {
      const part = progress.part;
      report.report({ message: progress.text, increment: Math.max(0, part - shownPart) * 100 });
      shownPart = Math.max(shownPart, part);
    };
    const left = await profileEach(recordings, jobs, async (recording, index): Promise<AfterOne> => {
      if (token.isCancellationRequested) return "stop";
      work.recording = basename(recording.fsPath);
      progress.begin(index, work.recording);
      show();
      const tell = (now: Progress): void => {
        progress.tell(index, now);
        show();
      };
      const outcome = await runOne(recording, pipeline, work, jobs, tell, token);
      progress.end(index);
      summary[outcome === "profiled" ? "profiled" : "failed"] += 1;
      return outcome === "unloadable" ? "stop" : "next";
    });
    if (left.length > 0 && !token.isCancellationRequested) {
      const names = left.map(({ fsPath }) => basename(fsPath)).join(", ");
      messages.inform(l10n.t("Not begun, because the pipeline can't be loaded: {0}.", names));
    }
    if (recordings.length > 1)
      messages.inform(l10n.t("{0} of {1} recordings profiled.", summary.profiled, recordings.length));
    return summary;
  };

  /** A recording from elsewhere has none of its own: those hold in whose folder the run is kept. */
  const settingsFor = (recording: Uri, pipeline: Uri): Settings =>
    parts.settings.of(workspace.getWorkspaceFolder(recording) ? recording : pipeline);

  /** Where there is no run to show, the person was told why. */
  const runOne = async (
    recording: Uri,
    pipeline: Uri,
    { what, heapAfter }: Work,
    jobs: number,
    tell: (progress: Progress) => void,
    token: CancellationToken,
  ): Promise<"profiled" | "failed" | "unloadable"> => {
    const name = basename(recording.fsPath);
    const folder = shelf.folderFor(recording, pipeline);
    try {
      const settings = settingsFor(recording, pipeline);
      const own: OwnRuntime = {
        execPath: process.execPath,
        electron: "electron" in process.versions,
        version: process.versions.node,
        source: "editor",
      };
      const runtime = await chooseRuntime(settings.runtime, own);
      log.info(`${name}: started on Node ${runtime.version} (${runtime.source})`);
      const request = profileRequest({
        audio: recording.fsPath,
        pipeline: pipeline.fsPath,
        workspace: folder,
        settings,
        runtimeSource: runtime.source,
        waveflame: parts.own.version,
        machine,
        jobs,
        heapAfter,
      });
      const running = (what === "variants" ? startVariants : startProfile)(request, {
        enginePath: parts.own.engine,
        runtime,
        memoryLimit: memoryLimitOf(settings),
        heapFolder: folder ?? parts.own.storage,
        onProgress: tell,
        onOutput: ({ stream, text }) =>
          log.info(`${name}, ${stream === "error" ? "stderr" : "stdout"}: ${text}`),
      });
      const cancelling = token.onCancellationRequested(() => running.cancel());
      if (token.isCancellationRequested) running.cancel();
      try {
        const outcome = await running.outcome;
        const { run, note } = await shelf.save(outcome, folder);
        machine = run.run.machine;
        logRun(run.run, log);
        if (run.run.state === "cancelled" && run.run.lines.length === 0 && shown.current) {
          messages.inform(
            l10n.t(
              "Cancelled before any line was sampled: the figures shown are still those of the run before.",
            ),
          );
          return "failed";
        }
        shown.show(run);
        if (note !== null) messages.inform(note);
        await writeReport(run, settings);
        return "profiled";
      } finally {
        cancelling.dispose();
      }
    } catch (error) {
      if (error instanceof ProfileFailure && error.details.kind === "cancelled")
        log.info(`${name}: ${error.message}`);
      else messages.failed(error, folder, name);
      return meetsAllRecordings(error) ? "unloadable" : "failed";
    }
  };

  /** What the settings ask for; the run is none the worse where it can't be written. */
  const writeReport = async ({ run, folder, sources }: ShownRun, settings: Settings): Promise<void> => {
    try {
      const path = await writeReportOf(run, settings, sources, folder ?? parts.own.storage);
      if (path !== null) log.info(`Report: ${path}`);
    } catch (error) {
      messages.inform(error instanceof Error ? error.message : String(error));
    }
  };

  return {
    profile: (given, what = "pipeline") => chooseAndRun(given, what, false),
    profileWithPipeline: (given) => chooseAndRun(given, "pipeline", true),
    again,
  };
}

/** The engine reads files from the disk: what a person sees in the editor is what gets measured. */
async function saveSources(): Promise<void> {
  const unsaved = workspace.textDocuments.filter(
    ({ isDirty, uri, languageId }) =>
      isDirty && uri.scheme === "file" && /^(type|java)script/.test(languageId),
  );
  await Promise.all(unsaved.map((document) => document.save()));
}

function logRun(run: Run, log: LogOutputChannel): void {
  log.info(runLine(run));
  for (const { severity, text } of run.findings) {
    if (severity === "information") log.info(text);
    else log.warn(text);
  }
}

const whatWas = ({ variants }: Run): WhatToProfile => (variants.length > 0 ? "variants" : "pipeline");
