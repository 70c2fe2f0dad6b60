import type { Translate } from "../../client/translate.ts";
import type { Alert } from "../../core/alerts/alerts.ts";
import { formatCount, formatLoad, formatSpeed } from "../../core/format.ts";
import { baseName } from "../../core/names/paths.ts";
import { importedWords } from "../../core/run/cost.ts";
import type { Deadline, Run } from "../../core/run/run.ts";
import { threadLoad } from "../../core/run/threadLoad.ts";
import { speedOf } from "../../core/units.ts";

/** `Waveflame: 6.54×, 168 blocks late` */
export function statusOf(run: Run, t: Translate): string {
  if (run.imported) return `Waveflame: ${run.imported.file}`;
  const { deadline } = run.totals;
  const parts = [
    formatSpeed(speedOf(threadLoad(run))),
    ...(deadline ? [latenessOf(deadline, t)] : []),
    ...(run.state === "cancelled" ? [t("cancelled")] : []),
  ];
  return `Waveflame: ${parts.join(", ")}`;
}

function latenessOf({ overruns }: Deadline, t: Translate): string {
  if (overruns === 0) return t("no block late");
  return overruns === 1 ? t("1 block late") : t("{0} blocks late", formatCount(overruns));
}

/** A few lines for a person who points at it. */
export function statusDetails(run: Run, alerts: readonly Alert[], t: Translate): string {
  if (run.imported)
    return [importedWords(run.imported), ...warnings(run), t("Click to open the panel")].join("\n");
  const { deadline } = run.totals;
  return [
    t("{0} on {1}", run.pipeline.name, baseName(run.audio.path)),
    speedText(run, t),
    ...(deadline ? [deadlineOf(deadline, t)] : []),
    ...alerts.map(({ text }) => text),
    ...warnings(run),
    t("Click to open the panel"),
  ].join("\n");
}

function speedText(run: Run, t: Translate): string {
  const { totals, workers } = run;
  const alone = t("{0} real time on one thread", formatSpeed(speedOf(threadLoad(run))));
  if (workers.used === 1) return alone;
  return `${alone}, ${t("{0} on {1} workers", formatSpeed(totals.speed), formatCount(workers.used))}`;
}

const deadlineOf = ({ averageLoad, peakLoad, overruns, blocks }: Deadline, t: Translate): string =>
  t(
    "One worker alone: average load {0}, peak load {1}, {2} of {3} blocks late",
    formatLoad(averageLoad),
    formatLoad(peakLoad),
    formatCount(overruns),
    formatCount(blocks),
  );

/** As the run holds them. */
const warnings = ({ findings }: Run): string[] =>
  findings.filter(({ severity }) => severity !== "information").map(({ text }) => text);
