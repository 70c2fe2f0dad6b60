import type { FindingKind, Run } from "../../src/core/run/run.ts";
import type { Part } from "../parts/dom.ts";
import { add } from "../parts/dom.ts";
import { addIcon } from "../parts/icon.ts";

/** What casts doubt on every figure of the run, because the recording itself is faulty. */
const KINDS: readonly FindingKind[] = ["decoded-with-errors", "not-a-number-in-recording"];

export function drawRecordingFaults(host: Part, { findings }: Run): void {
  for (const { kind, severity, text } of findings) {
    if (!KINDS.includes(kind)) continue;
    const line = add(host, "p", "recording-fault with-icon");
    addIcon(line, severity);
    add(line, "span", "", text);
  }
}
