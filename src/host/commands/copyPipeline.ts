import { join } from "node:path";
import { l10n, Uri, window } from "vscode";
import { copyShipped } from "../../client/pipelineFiles/shippedPipelines.ts";
import type { OwnFiles } from "../ownFiles.ts";
import { folderForPipeline } from "./newPipeline.ts";
import { shippedItems } from "./shippedItems.ts";

const FOLDER = "waveflame-pipelines";

/** Copies a pipeline that ships into the workspace, where it may be changed, and opens it. */
export async function copyShippedPipeline(own: OwnFiles): Promise<void> {
  const chosen = await window.showQuickPick(shippedItems(own.pipelines), {
    title: l10n.t("Copy which pipeline into the workspace?"),
  });
  const folder = chosen && (await folderForPipeline());
  if (!folder) return;
  const copy = await copyShipped(chosen.file, join(folder.fsPath, FOLDER), own.libraryTypes);
  await window.showTextDocument(Uri.file(copy));
}
