import { commands, l10n, Position, Range, Uri, window, type LogOutputChannel } from "vscode";
import { systemPath } from "../../core/names/paths.ts";
import type { FindingPlace } from "../../core/run/run.ts";
import { toBase0 } from "../../core/units.ts";
import { ProfileFailure } from "../../client/process/engineClient.ts";
import { errorKind } from "../diagnostics/errorKind.ts";

/** Tells a person what happened, in one sentence, and keeps its kind for the diagnostics. */
export interface Messages {
  /** @param folder What the places in a failure are relative to. */
  failed(error: unknown, folder?: string | null, recording?: string): void;
  inform(sentence: string, action?: Action): void;
  untrusted(): void;
  /** Its kind, without names. */
  readonly lastError: string | null;
}

export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

export function createMessages(log: LogOutputChannel): Messages {
  let lastError: string | null = null;
  const showLog: Action = { title: l10n.t("Show Log"), run: () => log.show() };

  return {
    get lastError() {
      return lastError;
    },
    failed: (error, folder = null, recording) => {
      const sentence = error instanceof Error ? error.message : String(error);
      const named = recording === undefined || sentence.includes(recording);
      const said = named ? sentence : `${recording}: ${sentence}`;
      lastError = errorKind(error);
      log.error(error instanceof Error && !(error instanceof ProfileFailure) ? error : said);
      const where = error instanceof ProfileFailure ? error.details.where : null;
      const openLine = where && lineAction(where, folder);
      offer(window.showErrorMessage, said, openLine ? [openLine, showLog] : [showLog]);
    },
    inform: (sentence, action) => {
      log.info(sentence);
      offer(window.showInformationMessage, sentence, action ? [action] : []);
    },
    untrusted: () => {
      const sentence = l10n.t(
        "Profiling runs the code of this workspace, which isn't trusted yet: trust it first, then profile again.",
      );
      log.warn(sentence);
      const manage = (): unknown => commands.executeCommand("workbench.trust.manage");
      offer(window.showWarningMessage, sentence, [{ title: l10n.t("Manage Workspace Trust"), run: manage }]);
    },
  };
}

/** Doesn't wait: a message may stay open for as long as a person likes. */
function offer(
  show: (sentence: string, ...actions: Action[]) => Thenable<Action | undefined>,
  sentence: string,
  actions: Action[],
): void {
  void show(sentence, ...actions).then((chosen) => chosen?.run());
}

function lineAction({ file, line }: FindingPlace, folder: string | null): Action | null {
  if (file === undefined || line === undefined) return null;
  const start = new Position(toBase0(line), 0);
  const target = Uri.file(systemPath(file, folder));
  return {
    title: l10n.t("Open Line"),
    run: () => window.showTextDocument(target, { selection: new Range(start, start) }),
  };
}
