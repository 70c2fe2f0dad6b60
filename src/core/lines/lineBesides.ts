import type { SlowEpisode } from "../run/measured/slowBlocks.ts";
import type { Run } from "../run/run.ts";
import type { Base1Line, Bytes, Seconds } from "../units.ts";
import type { HotLine } from "./hotLines.ts";

/** What the functions that hold a line allocated in the excerpt that was looked at. */
export interface LineAllocation {
  readonly bytes: Bytes;
  /** Of the excerpt; null where that isn't known. */
  readonly audioSeconds: Seconds | null;
}

/** Null where none of them is among those that allocate most. */
export function lineAllocation(run: Run, { file, line, stages }: HotLine): LineAllocation | null {
  const { callTree, stageMemory, passes, audio } = run;
  const begins = new Set<Base1Line>([line]);
  callTree.kind.forEach((kind, node) => {
    const holder = callTree.functions[callTree.function[node] ?? -1];
    if (kind === 2 && callTree.line[node] === line && holder?.file === file) begins.add(holder.line);
  });
  const own = (stageMemory?.functions ?? []).filter(
    (one) => one.file === file && begins.has(one.line) && one.stage !== null && stages.includes(one.stage),
  );
  const bytes = own.reduce((sum, one) => sum + one.bytes, 0);
  const pass = passes.find(({ kind }) => kind === "allocations");
  return bytes === 0 ? null : { bytes, audioSeconds: pass ? pass.frames / audio.sampleRate : null };
}

/** The costliest slow blocks that a line is named as the cause of; null where there are none. */
export function slowEpisodeAt({ slowBlocks }: Run, { file, line }: HotLine): SlowEpisode | null {
  const own = (slowBlocks?.episodes ?? []).filter(
    (episode) => episode.file === file && episode.line === line,
  );
  return own.toSorted((a, b) => b.excessMs - a.excessMs)[0] ?? null;
}
