import { recordingFaults } from "../../src/core/run/doubts.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { Part } from "../parts/dom.ts";
import { add } from "../parts/dom.ts";
import { addIcon } from "../parts/icon.ts";

/** Below the recording's name, because they cast doubt on every figure. */
export function drawRecordingFaults(host: Part, run: Run): void {
  for (const { severity, text } of recordingFaults(run)) {
    const line = add(host, "p", "recording-fault with-icon");
    addIcon(line, severity);
    add(line, "span", "", text);
  }
}
