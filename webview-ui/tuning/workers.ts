import { formatNumber, formatShare, formatSpeed, plural } from "../../src/core/format.ts";
import { wasMeasuredAlone } from "../../src/core/run/measuredAudio.ts";
import type { Run } from "../../src/core/run/run.ts";
import { speedOf } from "../../src/core/units.ts";
import { addGainBar } from "../parts/bar.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";

/** How many workers there were and why, and what they were good for. */
export function drawWorkers(host: Part, view: View): void {
  const { run } = view;
  const { used, byRule, reason } = run.workers;
  const deadline = wasMeasuredAlone(run) ? run.totals.deadline : null;
  const alone = deadline ? speedOf(deadline.averageLoad) : Infinity;
  const isCompared = Number.isFinite(alone) && used > 1;
  const beside = isCompared ? "bars share one scale from 0" : "";
  const section = addSection(host, "workers", "Workers", beside);
  const words = add(section, "p");
  add(words, "b", "", `${plural(used, "worker")} used`);
  words.append("span").text(used === byRule ? ". " : `, ${byRule} by rule. `);
  add(words, "span", "quiet", reason);
  if (!isCompared) {
    add(
      section,
      "p",
      "quiet",
      used < 2
        ? "With one worker there is nothing to compare it with."
        : `${formatSpeed(run.totals.speed)} real time. One worker alone wasn't measured, so there is nothing to compare it with.`,
    );
    return;
  }
  drawSpeeds(section, run, alone);
}

function drawSpeeds(section: Part, run: Run, alone: number): void {
  const { used } = run.workers;
  const ideal = alone * used;
  const most = Math.max(ideal, run.totals.speed);
  const list = add(section, "dl", "speed-bars");
  const bar = (name: string, speed: number, kind: "expected" | "measured") => {
    add(list, "dt", "quiet", name);
    const value = add(list, "dd");
    addGainBar(value, speed / most, kind);
    add(value, "b", "number", formatSpeed(speed));
  };
  bar("1 worker alone", alone, "measured");
  bar(plural(used, "worker"), run.totals.speed, "measured");
  bar(`${used} at full speed`, ideal, "expected");
  const gain = run.totals.speed / alone;
  const words =
    gain >= 1
      ? `Together ${formatNumber(gain)} times as fast as one alone: ${formatShare(gain / used)} of what ${plural(used, "worker")} could do at best.`
      : `Together slower than one alone: sharing the work cost more than it saved. Try one worker.`;
  add(section, "p", "quiet", words);
}
