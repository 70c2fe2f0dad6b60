import { formatBytes, formatCount } from "../../../format.ts";
import type { HeapType } from "../../../run/measured/heap.ts";
import type { Run } from "../../../run/run.ts";
import { section, tableOf, type ReportSection } from "../report.ts";

/** What the heap held after a stage, where somebody asked: the largest types, and who holds the largest of each. */
export function heapSection({ heap }: Run): ReportSection[] {
  if (heap === null) return [];
  const rows = heap.types.map((type) => [
    type.name,
    formatCount(type.count),
    formatBytes(type.bytes),
    holderWords(type),
  ]);
  return section(`Heap after ${heap.stage}`, {
    notes: [
      `${formatBytes(heap.bytes)} in ${formatCount(heap.objects)} objects, Node's own and V8's among them; sizes are without what objects hold.`,
    ],
    table: tableOf(["type", "objects>", "size>", "largest held by"], rows),
  });
}

/** Between who holds and what is held. */
export const HOLDS = " \u203a ";

/** Outermost first. */
const holderWords = ({ heldBy }: HeapType): string =>
  heldBy.length === 0 ? "the runtime" : heldBy.join(HOLDS);
