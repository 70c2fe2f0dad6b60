import type { StageMemory } from "../../core/run/measured/stageMemory.ts";
import type { Bytes, Milliseconds, Seconds } from "../../core/units.ts";
import type { JobResult } from "../worker/lane/laneProtocol.ts";

interface Sums {
  calls: number;
  heap: Bytes;
  external: Bytes;
  arrayBuffers: Bytes;
  peak: Bytes;
}

const MB = 2 ** 20;

/** What calls of stages took of memory, where no collection came between. */
export class MemoryTally {
  readonly #stages = new Map<number, Sums>();

  add({ memory, collections }: Pick<JobResult, "memory" | "collections">): void {
    for (const { stage, starts, ends, heap, external, arrayBuffers, peak } of memory) {
      const sums = this.#stages.get(stage) ?? { calls: 0, heap: 0, external: 0, arrayBuffers: 0, peak: 0 };
      this.#stages.set(stage, sums);
      sums.peak = Math.max(sums.peak, peak);
      starts.forEach((start, call) => {
        const end = ends[call] ?? start;
        if (collections.some((pause) => pause.start < end && pause.start + pause.ms > start)) return;
        sums.calls += 1;
        sums.heap += heap[call] ?? 0;
        sums.external += external[call] ?? 0;
        sums.arrayBuffers += arrayBuffers[call] ?? 0;
      });
    }
  }

  /** @param stages by index, with all their calls in the pass */
  figures(
    stages: readonly { readonly name: string; readonly calls: number; readonly workMs: Milliseconds }[],
    audio: Seconds,
  ): StageMemory[] {
    return stages.flatMap(({ name, calls, workMs }, index) => {
      const sums = this.#stages.get(index);
      if (!sums) return [];
      const perCall = (bytes: Bytes): Bytes => (sums.calls > 0 ? Math.max(0, bytes / sums.calls) : 0);
      const [heap, external, arrayBuffers] = [
        perCall(sums.heap),
        perCall(sums.external),
        perCall(sums.arrayBuffers),
      ];
      const mb = ((heap + external + arrayBuffers) * calls) / MB;
      return {
        stage: name,
        callsMeasured: sums.calls,
        heapBytesPerCall: heap,
        externalBytesPerCall: external,
        arrayBufferBytesPerCall: arrayBuffers,
        mbPerAudioMinute: audio > 0 ? (mb / audio) * 60 : 0,
        mbPerSecond: workMs > 0 ? (mb / workMs) * 1000 : 0,
        peakMB: sums.peak / MB,
      };
    });
  }
}
