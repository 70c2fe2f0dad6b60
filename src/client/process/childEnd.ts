import type { ChildProcess } from "node:child_process";
import type { Milliseconds } from "../../core/units.ts";
import type { ProcessEnd } from "./profileFailure.ts";

/** What a pipeline printed. */
export interface PipelineOutput {
  readonly stream: "out" | "error";
  readonly text: string;
}

/** A dead child's pipes may still hold its last words. */
const LAST_WORDS_MS: Milliseconds = 200;
const KEPT_ERRORS = 16_384;

/** How the runtime begins its report when it dies; what follows isn't the pipeline's. */
const DYING = /\n*(<--- Last few GCs --->|FATAL ERROR: |#\r?\n# Fatal error)/;

/** Passes on what a child prints; fulfilled when it has ended and everything it said has arrived. */
export function childEnd(
  child: ChildProcess,
  onOutput: (output: PipelineOutput) => void,
): Promise<ProcessEnd> {
  let lastErrors = "";
  const pass = errorFilter(child, onOutput);
  child.stdout?.setEncoding("utf8").on("data", (text: string) => onOutput({ stream: "out", text }));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastErrors = (lastErrors + text).slice(-KEPT_ERRORS);
    pass(text);
  });
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      const tell = (): void => resolve({ code, signal, lastErrors });
      const limit = setTimeout(tell, LAST_WORDS_MS);
      child.once("close", () => {
        clearTimeout(limit);
        tell();
      });
    });
  });
}

/** Leaves out what the runtime says about its own end, because the failure's sentence says it. */
function errorFilter(
  child: ChildProcess,
  onOutput: (output: PipelineOutput) => void,
): (text: string) => void {
  let early = "";
  let hasBegun = false;
  let isDying = false;
  child.once("message", () => {
    hasBegun = true;
    if (early !== "") onOutput({ stream: "error", text: early });
  });
  return (text) => {
    const own = isDying ? -1 : text.search(DYING);
    const pipelines = isDying ? "" : own < 0 ? text : text.slice(0, own);
    isDying ||= own >= 0;
    if (pipelines === "") return;
    if (hasBegun) onOutput({ stream: "error", text: pipelines });
    else early += pipelines;
  };
}
