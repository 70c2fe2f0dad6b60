import { doubts } from "../../src/core/run/doubts.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { Part } from "../parts/dom.ts";
import { add } from "../parts/dom.ts";
import { addIcon } from "../parts/icon.ts";

/** Below the recording's name, because they cast doubt on every figure. */
export function drawDoubts(host: Part, run: Run): void {
  for (const { severity, text } of doubts(run)) {
    const line = add(host, "p", "recording-fault with-icon");
    addIcon(line, severity);
    add(line, "span", "", text);
  }
}
