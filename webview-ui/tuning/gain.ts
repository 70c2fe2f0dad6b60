import { formatDuration, formatShare } from "../../src/core/format.ts";
import type { Recommendation } from "../../src/core/recommend/recommendations.ts";
import type { Run } from "../../src/core/run/run.ts";
import { addGainBar } from "../parts/bar.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

/** Of the time that the gain is a part of; 0 where it isn't known. */
export function gainShare(run: Run, { gain }: Recommendation): number {
  const whole = gain.of === "stages" ? run.totals.stagesMs : run.totals.wallMs;
  return gain.ms === null || whole <= 0 ? 0 : gain.ms / whole;
}

/** A bar on the scale that all recommendations share, and the gain in numbers and words. */
export function drawGain(host: Part, run: Run, each: Recommendation, most: number): void {
  const share = gainShare(run, each);
  if (each.gain.ms !== null && most > 0) addGainBar(host, share / most, "expected");
  const words = add(host, "span", "gain-words small");
  if (each.gain.ms !== null) {
    const whole = each.gain.of === "stages" ? "of the stage time" : "of the elapsed time";
    add(words, "b", "", `${formatDuration(each.gain.ms)} less`);
    add(words, "span", "quiet", `, ${formatShare(share)} ${whole} ${each.gain.text}`);
  } else {
    add(words, "span", "quiet", `Expected: ${each.gain.text}`);
  }
}
