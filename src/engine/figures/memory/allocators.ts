import type { Allocator, Growth } from "../../../core/run/measured/stageMemory.ts";
import { largestOf } from "../../../core/statistics.ts";
import type { Bytes, Hertz } from "../../../core/units.ts";
import type { SourceTable } from "../../modules/sourceTable.ts";
import type { AllocationPass } from "../../run/passes/allocationPass.ts";
import type { LaneAllocation } from "../../worker/measuring/memory/heapSampling.ts";

const MOST_ALLOCATORS = 10;
const MB = 2 ** 20;
/** What V8 itself keeps more from one collection to the next. */
const NOISE: Bytes = MB / 2;

type Place = Pick<Allocator, "name" | "file" | "line" | "stage">;

/** The functions that allocate most. @param names of the stages @param pathInRun how the run writes an absolute path */
export function allocatorsOf(
  { allocated, held }: AllocationPass,
  table: SourceTable,
  names: readonly string[],
  pathInRun: (path: string) => string,
): Allocator[] {
  const found = new Map<string, Place & { bytes: Bytes; heldBytes: Bytes }>();
  const at = (allocation: LaneAllocation): { bytes: Bytes; heldBytes: Bytes } => {
    const source = table.place(allocation.line);
    const place: Place = {
      name: allocation.name,
      file: source ? pathInRun(source.path) : "",
      line: source?.line ?? 0,
      stage: names[allocation.stage] ?? null,
    };
    const key = JSON.stringify(place);
    const known = found.get(key) ?? { ...place, bytes: 0, heldBytes: 0 };
    found.set(key, known);
    return known;
  };
  for (const one of allocated) at(one).bytes += one.bytes;
  for (const one of held) at(one).heldBytes += one.bytes;
  return [...found.values()].sort((a, b) => b.bytes - a.bytes).slice(0, MOST_ALLOCATORS);
}

/** More is held the longer the recording: in both of the last rounds, and by more than V8's own ups and downs. */
export function growthOf(
  { heldBytes, held, frames }: AllocationPass,
  names: readonly string[],
  sampleRate: Hertz,
): Growth | null {
  const audioSeconds = frames / sampleRate;
  const [first, second, third] = heldBytes;
  if (first === undefined || second === undefined || third === undefined || audioSeconds === 0) return null;
  const least = Math.min(second - first, third - second);
  const isGrowing = least > NOISE;
  return {
    audioSeconds: 2 * audioSeconds,
    mbPerAudioMinute: isGrowing ? ((third - first) / MB / (2 * audioSeconds)) * 60 : 0,
    stage: isGrowing ? holderOf(held, names) : null,
  };
}

/** The stage in which most was allocated of what is still held. */
function holderOf(held: readonly LaneAllocation[], names: readonly string[]): string | null {
  const byStage = new Map<number, Bytes>();
  for (const { stage, bytes } of held) byStage.set(stage, (byStage.get(stage) ?? 0) + bytes);
  return names[largestOf(byStage) ?? -1] ?? null;
}
