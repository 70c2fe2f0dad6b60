import { fit, harmless } from "../../core/report/terminalText.ts";
import type { Output } from "./terminal.ts";

const REDRAW_EVERY_MS = 80;
const ERASE = "\r\u001b[K";

/** One line that is drawn over and over, where a person looks at it. */
export interface ProgressLine {
  show(text: string): void;
  /** Before anything else is written. */
  erase(): void;
}

export function progressLine(output: Output): ProgressLine {
  let drawnAt = -Infinity;
  let isDrawn = false;
  return {
    show: (text) => {
      if (!output.isTerminal || performance.now() - drawnAt < REDRAW_EVERY_MS) return;
      drawnAt = performance.now();
      isDrawn = true;
      output.write(ERASE + output.paint("quiet", fit(harmless(text), output.columns - 1)));
    },
    erase: () => {
      if (isDrawn) output.write(ERASE);
      isDrawn = false;
    },
  };
}
