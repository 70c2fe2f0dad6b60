import { join } from "node:path";
import { l10n, Uri, window } from "vscode";
import { copyShipped, shippedPipelines } from "../../client/pipelineFiles/shippedPipelines.ts";
import type { OwnFiles } from "../ownFiles.ts";
import { folderForPipeline } from "./newPipeline.ts";

const FOLDER = "waveflame-pipelines";

/** Copies a pipeline that ships into the workspace, where it may be changed, and opens it. */
export async function copyShippedPipeline(own: OwnFiles): Promise<void> {
  const items = (await shippedPipelines(own.pipelines)).map((file) => ({ file, label: file.name }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Copy which pipeline into the workspace?"),
  });
  const folder = chosen && (await folderForPipeline());
  if (!folder) return;
  const copy = await copyShipped(chosen.file, join(folder.fsPath, FOLDER), own.libraryTypes);
  await window.showTextDocument(Uri.file(copy));
}
