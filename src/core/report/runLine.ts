import { formatDuration, formatSeconds, formatSpeed, plural } from "../format.ts";
import { formatCost, importedWords } from "../run/cost.ts";
import { measuredSeconds } from "../run/measuredAudio.ts";
import { baseName } from "../names/paths.ts";
import type { Run } from "../run/run.ts";

/** A recording in one line: `speech.wav · 12.3 s of audio · 182 ms elapsed, 67.6× real time`. */
export function runLine(run: Run): string {
  const { audio, totals, imported } = run;
  if (imported)
    return [
      imported.file,
      importedWords(imported),
      plural(run.stages.length, "thread"),
      formatCost(run, totals.stagesMs),
    ].join(" · ");
  return [
    baseName(audio.path),
    `${formatSeconds(measuredSeconds(run, "timed"))} of audio`,
    `${formatDuration(totals.wallMs)} elapsed, ${formatSpeed(totals.speed)} real time`,
  ].join(" · ");
}
