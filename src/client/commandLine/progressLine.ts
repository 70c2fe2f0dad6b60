import { formatPosition, formatSeconds } from "../../core/format.ts";
import { fit, harmless } from "../../core/report/terminalText.ts";
import type { Phase, Progress } from "../../protocol/engine.ts";
import type { Output } from "./terminal.ts";

const REDRAW_EVERY_MS = 80;
const ERASE = "\r\u001b[K";

const PHASES: Readonly<Record<Phase, string>> = {
  loading: "loading",
  timed: "timing",
  alone: "timing one worker alone",
  sampled: "sampling",
  finishing: "finishing",
};

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
        ERASE + output.paint("quiet", fit(harmless(`${name}: ${inWords(progress)}`), output.columns - 1)),
      );
    },
    erase: () => {
      if (isDrawn) output.write(ERASE);
      isDrawn = false;
    },
  };
}

function inWords({
  phase,
  stage,
  segment,
  segments,
  audioSeconds,
  totalSeconds,
  leftSeconds,
}: Progress): string {
  const parts = [stage === null ? PHASES[phase] : `${PHASES[phase]} ${stage}`];
  if (segments > 0) parts.push(`segment ${segment} of ${segments}`);
  if (totalSeconds > 0) parts.push(`${formatPosition(audioSeconds)} of ${formatPosition(totalSeconds)}`);
  if (leftSeconds !== null) parts.push(`${formatSeconds(leftSeconds)} left`);
  return parts.join(", ");
}
