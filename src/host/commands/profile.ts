import { basename } from "node:path";
import {
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
  type CancellationToken,
  type Progress,
} from "vscode";
import type { LogOutputChannel } from "vscode";
import { ProfileFailure, startProfile } from "../../client/engineClient.ts";
import { profileRequest } from "../../client/requests.ts";
import { chooseRuntime } from "../../client/runtime.ts";
import { memoryLimitOf } from "../../client/settings.ts";
import { formatDuration, formatSeconds, formatSpeed } from "../../core/format.ts";
import { systemPath } from "../../core/paths.ts";
import type { Machine, Run } from "../../core/run.ts";
import type { OwnFiles } from "../ownFiles.ts";
import type { RunShelf } from "../runs/runShelf.ts";
import type { RunOnShow } from "../runs/shownRun.ts";
import { settingsFor } from "../settings/hostSettings.ts";
import type { PipelineChoice } from "./choosePipeline.ts";
import type { Messages } from "./messages.ts";
import { partDone, progressOf } from "../../client/progressText.ts";
import { recordingsAtHand } from "./recordingsAtHand.ts";

export interface ProfileParts {
  readonly own: OwnFiles;
  readonly shown: RunOnShow;
  readonly shelf: RunShelf;
  readonly pipelines: PipelineChoice;
  readonly messages: Messages;
  readonly log: LogOutputChannel;
  /** Called once after at least one recording was profiled. */
  onDone(this: void): Promise<void>;
}

/** For whoever runs the command from code. */
export interface ProfileSummary {
  readonly profiled: number;
  readonly failed: number;
}

export interface Profiler {
  /** Recordings one after another through one pipeline; one that fails is named and the others are done. */
  profile(recordings: readonly Uri[]): Promise<ProfileSummary>;
  again(): Promise<ProfileSummary>;
}

type Report = Progress<{ message?: string; increment?: number }>;

const NOTHING: ProfileSummary = { profiled: 0, failed: 0 };

export function createProfiler(parts: ProfileParts): Profiler {
  const { shown, shelf, messages, log } = parts;
  /** The name of the recording under way. */
  let busyWith: string | null = null;
  let machine: Machine | null = null;

  const profile: Profiler["profile"] = async (given) => {
    if (!workspace.isTrusted) {
      messages.untrusted();
      return NOTHING;
    }
    const recordings = given.length > 0 ? given : await recordingsAtHand();
    const [first] = recordings;
    if (!first) return NOTHING;
    const pipeline = await parts.pipelines.forRecording(first);
    return pipeline === null ? NOTHING : runAll(recordings, Uri.file(pipeline));
  };

  const again: Profiler["again"] = async () => {
    const { current } = shown;
    if (!current) return NOTHING;
    if (!workspace.isTrusted) {
      messages.untrusted();
      return NOTHING;
    }
    const { audio, pipeline } = current.run;
    const uriOf = (path: string): Uri => Uri.file(systemPath(path, current.folder));
    return runAll([uriOf(audio.path)], uriOf(pipeline.file));
  };

  const runAll = async (recordings: readonly Uri[], pipeline: Uri): Promise<ProfileSummary> => {
    if (busyWith !== null) {
      messages.inform(
        l10n.t(
          "Waveflame is profiling {0}: cancel that or wait, because two at once disturb each other.",
          busyWith,
        ),
      );
      return NOTHING;
    }
    // At once, so that a second click finds it.
    busyWith = basename(recordings[0]?.fsPath ?? "");
    const title = l10n.t("Waveflame");
    let summary = NOTHING;
    try {
      await saveSources();
      await window.withProgress(
        { location: ProgressLocation.Notification, title, cancellable: true },
        async (report, token) => {
          for (const [index, recording] of recordings.entries()) {
            if (token.isCancellationRequested) break;
            busyWith = basename(recording.fsPath);
            const name = recordings.length > 1 ? `${busyWith} (${index + 1}/${recordings.length})` : busyWith;
            const done = await runOne(recording, pipeline, name, report, token);
            summary = {
              profiled: summary.profiled + (done ? 1 : 0),
              failed: summary.failed + (done ? 0 : 1),
            };
          }
        },
      );
    } finally {
      busyWith = null;
    }
    if (summary.profiled > 0) await parts.onDone();
    return summary;
  };

  /** False where there is no run to show; the person was told why. */
  const runOne = async (
    recording: Uri,
    pipeline: Uri,
    name: string,
    report: Report,
    token: CancellationToken,
  ): Promise<boolean> => {
    const folder = shelf.folderFor(recording, pipeline);
    try {
      const settings = settingsFor(recording, log);
      const own = {
        execPath: process.execPath,
        electron: "electron" in process.versions,
        version: process.versions.node,
      };
      report.report({ message: `${name}: ${l10n.t("starting")}` });
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
      });
      let reported = 0;
      const running = startProfile(request, {
        enginePath: parts.own.engine,
        runtime,
        memoryLimit: memoryLimitOf(settings),
        onProgress: (progress) => {
          const increment = Math.max(0, partDone(progress) * 100 - reported);
          reported += increment;
          report.report({ message: `${name}: ${progressOf(progress)}`, increment });
        },
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
        shown.show(run);
        if (note !== null) messages.inform(note);
        return true;
      } finally {
        cancelling.dispose();
      }
    } catch (error) {
      if (error instanceof ProfileFailure && error.details.kind === "cancelled")
        log.info(`${name}: ${error.message}`);
      else messages.failed(error, folder, basename(recording.fsPath));
      return false;
    }
  };

  return { profile, again };
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
  const { audio, totals } = run;
  log.info(
    `${audio.path}: ${formatSeconds(audio.durationSeconds)} of audio in ${formatDuration(totals.wallMs)}, ${formatSpeed(totals.speed)} real time`,
  );
  for (const { severity, text } of run.findings) {
    if (severity === "information") log.info(text);
    else log.warn(text);
  }
}
