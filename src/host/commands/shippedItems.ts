import { l10n, type QuickPickItem } from "vscode";
import type { PipelineFile } from "../../client/pipelineFiles/pipelineFiles.ts";
import { shippedPipelines } from "../../client/pipelineFiles/shippedPipelines.ts";

export interface ShippedItem extends QuickPickItem {
  readonly file: PipelineFile;
}

/** The pipelines that ship, with what they do. @param folder dist/pipelines */
export async function shippedItems(folder: string): Promise<ShippedItem[]> {
  const what: Readonly<Record<string, string>> = {
    features: l10n.t("energy, MFCC, spectrogram and onsets"),
    mastering: l10n.t("loudness, equaliser, compressor, limiter and a mastered file"),
  };
  const shipped = await shippedPipelines(folder);
  return shipped.map((file) => ({
    file,
    label: file.name,
    description: [l10n.t("ships with Waveflame"), what[file.name] ?? ""].filter(Boolean).join(" · "),
  }));
}
