import { basename, join } from "node:path";
import { l10n, QuickPickItemKind, window, workspace, type Memento, type QuickPickItem } from "vscode";
import type { Uri, WorkspaceFolder } from "vscode";
import {
  findPipelines,
  findPipelinesAndProcessors,
  type PipelineFile,
} from "../../client/pipelineFiles/pipelineFiles.ts";
import { ProcessorFiles } from "../../client/pipelineFiles/processorFiles.ts";
import { takeSample } from "../../client/sample/sample.ts";
import type { OwnFiles } from "../ownFiles.ts";
import type { HostSettings } from "../settings/hostSettings.ts";
import type { Messages } from "./messages.ts";
import { newPipeline } from "./newPipeline.ts";
import { shippedItems } from "./shippedItems.ts";

export interface PipelineChoice {
  /** Lets a person choose where there is a choice; null where they didn't. @param asksAlways also where there is only one */
  forRecording(audio: Uri, asksAlways: boolean): Promise<string | null>;
}

export interface PipelineSources {
  readonly state: Memento;
  readonly own: OwnFiles;
  readonly messages: Messages;
  readonly settings: HostSettings;
}

interface PathItem extends QuickPickItem {
  readonly path: string | null;
}

export function createPipelineChoice(sources: PipelineSources): PipelineChoice {
  const processors = new ProcessorFiles();
  return {
    forRecording: async (audio, asksAlways) => {
      const folder = workspace.getWorkspaceFolder(audio);
      const found = await pipelinesNear(folder, sources.settings, processors);
      const [first, ...others] = found;
      if (first === undefined) return offerFirst(sources, audio, folder);
      return others.length === 0 && !asksAlways ? first.path : pick(found, folder, sources);
    },
  };
}

/** Those of the recording's folder; where it has none, those of all. */
async function pipelinesNear(
  folder: WorkspaceFolder | undefined,
  settings: HostSettings,
  processors: ProcessorFiles,
): Promise<PipelineFile[]> {
  const all = workspace.workspaceFolders ?? [];
  const own = folder ? await pipelinesOf([folder], settings, processors) : [];
  return own.length > 0 ? own : pipelinesOf(all, settings, processors);
}

async function pipelinesOf(
  folders: readonly WorkspaceFolder[],
  settings: HostSettings,
  processors: ProcessorFiles,
): Promise<PipelineFile[]> {
  const found = await Promise.all(
    folders.map(({ uri }) => findPipelinesAndProcessors(uri.fsPath, settings.of(uri).pipelines, processors)),
  );
  return [...new Map(found.flat().map((file) => [file.path, file])).values()];
}

async function pick(
  files: readonly PipelineFile[],
  folder: WorkspaceFolder | undefined,
  { state, own }: PipelineSources,
): Promise<string | null> {
  const key = `pipeline:${folder?.uri.toString() ?? ""}`;
  const last = state.get<string>(key);
  const items: PathItem[] = files
    .toSorted((a, b) => Number(b.path === last) - Number(a.path === last))
    .map(({ path, name, kind }) => ({
      path,
      label: name,
      description:
        kind === "pipeline"
          ? workspace.asRelativePath(path)
          : l10n.t("AudioWorklet · {0}", workspace.asRelativePath(path)),
      ...(path === last ? { detail: l10n.t("Taken last time") } : {}),
    }));
  const chosen = await window.showQuickPick([...items, ...(await thoseThatShip(own))], {
    title: l10n.t("Profile with which pipeline?"),
    matchOnDescription: true,
  });
  if (!chosen?.path) return null;
  await state.update(key, chosen.path);
  return chosen.path;
}

/** They run from where they ship; who wants to change one copies it. */
async function thoseThatShip(own: OwnFiles): Promise<PathItem[]> {
  const shipped = await shippedItems(own.pipelines);
  return [
    { path: null, label: "", kind: QuickPickItemKind.Separator },
    ...shipped.map(({ file, ...item }) => ({ ...item, path: file.path })),
  ];
}

async function offerFirst(
  { own, messages }: PipelineSources,
  audio: Uri,
  folder: WorkspaceFolder | undefined,
): Promise<string | null> {
  const samples = await findPipelines(own.sample, "**/*.pipeline.ts");
  const items: PathItem[] = [
    ...samples.map(({ path, name }) => ({
      path,
      label: name,
      description: l10n.t("a sample, copied into {0}", folder?.name ?? l10n.t("a folder of Waveflame's")),
    })),
    ...(await thoseThatShip(own)),
    { path: null, label: "", kind: QuickPickItemKind.Separator },
    {
      path: null,
      label: l10n.t("New Pipeline"),
      description: l10n.t("writes a commented starter into {0}", folder?.name ?? l10n.t("a folder of yours")),
    },
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("There is no pipeline here yet. Which one shall process {0}?", basename(audio.fsPath)),
  });
  if (!chosen) return null;
  if (chosen.path === null) return newPipeline(own.libraryTypes, messages);
  if (chosen.path.startsWith(own.pipelines)) return chosen.path;
  const target = folder ? join(folder.uri.fsPath, "waveflame-sample") : join(own.storage, "sample");
  return takeSample(chosen.path, target, own.libraryTypes);
}
