import { fit, harmless } from "../../core/report/terminalText.ts";
import type { Progress } from "../../protocol/engine.ts";
import { progressOf } from "../progressText.ts";
import { inEnglish } from "../translate.ts";
import type { Output } from "./terminal.ts";

const REDRAW_EVERY_MS = 80;
const ERASE = "\r\u001b[K";

/** One line that is drawn over and over, where a person looks at it. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Before anything else is written. */
  erase(): void;
}

export function progressLine(output: Output, name: string): ProgressLine {
  let drawnAt = -Infinity;
  let isDrawn = false;
  return {
    show: (progress) => {
      if (!output.isTerminal || performance.now() - drawnAt < REDRAW_EVERY_MS) return;
      drawnAt = performance.now();
      isDrawn = true;
      output.write(
        ERASE +
          output.paint(
            "quiet",
            fit(harmless(`${name}: ${progressOf(progress, inEnglish)}`), output.columns - 1),
          ),
      );
    },
    erase: () => {
      if (isDrawn) output.write(ERASE);
      isDrawn = false;
    },
  };
}
