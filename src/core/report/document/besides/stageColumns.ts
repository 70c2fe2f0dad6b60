import { formatBytes, formatCount, formatDuration, plural } from "../../../format.ts";
import { COLLECTION_KINDS, type CollectionKind } from "../../../run/measured/collections.ts";
import type { FileAccess, NetworkAccess } from "../../../run/measured/io.ts";
import type { StageMemory } from "../../../run/measured/stageMemory.ts";
import type { Run } from "../../../run/run.ts";
import type { TableText } from "../../parts/tables.ts";
import { tableOf } from "../report.ts";

/** A figure of each stage besides its time; empty where nothing was seen. */
interface StageColumn {
  readonly title: string;
  /** @param stage a name in `stages`; null between stages and while the pipeline was loaded */
  readonly figure: (stage: string | null) => string;
}

export type StageColumns = (run: Run) => readonly StageColumn[];

const OUTSIDE = "outside of stages";

/** A row for each stage of which anything is known; columns without a figure are left out. */
export function stageColumnTable(run: Run, groups: readonly StageColumns[]): TableText {
  const names = [...run.stages.map(({ name }) => name), null];
  const columns = groups
    .flatMap((group) => group(run))
    .filter(({ figure }) => names.some((name) => figure(name) !== ""));
  const rows = names
    .map((name) => [name ?? OUTSIDE, ...columns.map(({ figure }) => figure(name))])
    .filter(([, ...figures]) => figures.some((text) => text !== ""));
  return tableOf(["stage", ...columns.map(({ title }) => `${title}>`)], rows);
}

export const MEMORY_NOTE =
  "Heap, external and buffers are what one call adds; a second is one of the stage's work.";

/** What calls allocate, and the most that was held. */
export const memoryColumns: StageColumns = ({ stageMemory }) => {
  const column = (title: string, bytes: (memory: StageMemory) => number): StageColumn => ({
    title,
    figure: (stage) => {
      const memory = stageMemory?.stages.find((one) => one.stage === stage);
      return memory ? formatBytes(bytes(memory)) : "";
    },
  });
  return [
    column("heap", ({ heapBytesPerCall }) => heapBytesPerCall),
    column("external", ({ externalBytesPerCall }) => externalBytesPerCall),
    column("buffers", ({ arrayBufferBytesPerCall }) => arrayBufferBytesPerCall),
    column("a second", ({ mbPerSecond }) => mbPerSecond * 2 ** 20),
    column("an audio minute", ({ mbPerAudioMinute }) => mbPerAudioMinute * 2 ** 20),
    column("most held", ({ peakMB }) => peakMB * 2 ** 20),
  ];
};

/** How many interrupted the stage, and for how long, by kind. */
export const collectionColumns: StageColumns = ({ collections }) => {
  const figure = (kind: CollectionKind, stage: string | null): string => {
    const total = collections?.totals.find((one) => one.kind === kind && one.stage === stage);
    return total ? `${formatCount(total.count)} in ${formatDuration(total.ms)}` : "";
  };
  return COLLECTION_KINDS.map((kind) => ({
    title: `${kind} collections`,
    figure: (stage) => figure(kind, stage),
  }));
};

/** Files and network calls, and how long a stage waited that waits, against its work. */
export const ioColumns: StageColumns = (run) => {
  const { files = [], network = [] } = run.io ?? {};
  const waiting = (figure: "waited" | "worked") => (stage: string | null) => {
    const isAsked = network.some((one) => one.stage === stage) || isAsynchronous(run, stage);
    return isAsked ? (waitAndWork(run, stage)?.[figure] ?? "") : "";
  };
  return [
    { title: "files", figure: (stage) => callWords(files, stage) },
    { title: "network", figure: (stage) => callWords(network, stage) },
    { title: "waited", figure: waiting("waited") },
    { title: "worked", figure: waiting("worked") },
  ];
};

const isAsynchronous = ({ stages }: Run, name: string | null): boolean =>
  stages.some((stage) => stage.name === name && stage.asynchronous);

function callWords(all: readonly (FileAccess | NetworkAccess)[], stage: string | null): string {
  const own = all.filter((one) => one.stage === (stage ?? ""));
  const calls = own.reduce((sum, one) => sum + one.calls, 0);
  const ms = own.reduce((sum, one) => sum + one.ms, 0);
  return calls === 0 ? "" : `${plural(calls, "call")} in ${formatDuration(ms)}`;
}

/** Of the whole stage, for any reason; null outside of stages. */
export function waitAndWork(
  { stages }: Run,
  name: string | null,
): { readonly waited: string; readonly worked: string } | null {
  const stage = stages.find((one) => one.name === name);
  if (!stage) return null;
  return {
    waited: formatDuration(Math.max(0, stage.wallMs - stage.selfMs)),
    worked: formatDuration(stage.selfMs),
  };
}
