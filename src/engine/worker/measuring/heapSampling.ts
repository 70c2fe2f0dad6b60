import { Session, type HeapProfiler } from "node:inspector";
import type { Bytes } from "../../../core/units.ts";
import { FRAME_PREFIX } from "../stages/stageCall.ts";
import { ask } from "./inspector.ts";

/** What a function allocated while a stage was at work. */
export interface LaneAllocation {
  readonly stage: number;
  readonly name: string;
  readonly url: string;
  /** Where it begins, from 1, as V8 numbers it. */
  readonly line: number;
  readonly bytes: Bytes;
}

/** On average one allocation is looked at in so many bytes. */
const INTERVAL: Bytes = 4096;

/** V8's sampling of allocations: by function, not by line, and without the contents of typed arrays. */
export class HeapSampling {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
  }

  /** @param withCollected also what is garbage by then; otherwise what is still held at the end */
  start(withCollected: boolean): void {
    ask(this.#session, "HeapProfiler.startSampling", {
      samplingInterval: INTERVAL,
      includeObjectsCollectedByMajorGC: withCollected,
      includeObjectsCollectedByMinorGC: withCollected,
    });
  }

  stop(): LaneAllocation[] {
    const { profile } = ask(this.#session, "HeapProfiler.stopSampling") as {
      profile: HeapProfiler.SamplingHeapProfile;
    };
    return allocationsIn(profile.head);
  }
}

/** Those below a stage's frame. */
function allocationsIn(head: HeapProfiler.SamplingHeapProfileNode): LaneAllocation[] {
  const found: LaneAllocation[] = [];
  const left = [{ node: head, stage: -1 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, stage: above } = next;
    const { functionName, url, lineNumber } = node.callFrame;
    const isFrame = functionName.startsWith(FRAME_PREFIX);
    const stage = isFrame ? Number(functionName.slice(FRAME_PREFIX.length)) : above;
    if (stage >= 0 && !isFrame && node.selfSize > 0)
      found.push({ stage, name: functionName, url, line: lineNumber + 1, bytes: node.selfSize });
    for (const child of node.children) left.push({ node: child, stage });
  }
  return found;
}
