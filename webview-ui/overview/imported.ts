import { formatCount, formatDuration, plural } from "../../src/core/format.ts";
import { formatCost } from "../../src/core/run/cost.ts";
import type { Run } from "../../src/core/run/run.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

/** What stands in place of speed and deadline where another tool measured: neither is known. */
export function drawImported(host: Part, run: Run): void {
  const { totals, stages, imported } = run;
  const section = add(host, "section", "imported").attr("aria-label", "Profile");
  add(
    section,
    "p",
    "headline-words",
    `${formatCost(run, totals.stagesMs)} in ${plural(stages.length, "thread")}`,
  );
  const samples = stages.reduce((sum, { ticks }) => sum + ticks, 0);
  const facts = [
    ...(imported?.unit === "time" && totals.wallMs > totals.stagesMs
      ? [`${formatDuration(totals.wallMs)} elapsed, the rest idle`]
      : []),
    ...(imported?.unit === "time" && samples > 0 ? [`${formatCount(samples)} samples`] : []),
    "another tool measured this: it knows no recording and no deadlines",
  ];
  add(section, "p", "quiet", `${facts.join(" · ")}.`);
}
