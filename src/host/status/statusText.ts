import { formatLoad, formatSpeed, plural } from "../../core/format.ts";
import type { Run } from "../../core/run.ts";

/** `Waveflame: 6.54×, 168 blocks late` */
export function statusOf(run: Run): string {
  return `Waveflame: ${[formatSpeed(run.totals.speed), ...lateness(run), ...ending(run)].join(", ")}`;
}

function lateness({ totals: { deadline } }: Run): string[] {
  if (!deadline) return [];
  return [deadline.overruns === 0 ? "no block late" : `${plural(deadline.overruns, "block")} late`];
}

const ending = (run: Run): string[] => (run.state === "cancelled" ? ["cancelled"] : []);

/** A few lines for a person who points at it. */
export function statusDetails(run: Run): string {
  const { deadline, speed } = run.totals;
  const lines = [
    `${run.pipeline.name} on ${nameOf(run.audio.path)}`,
    `${formatSpeed(speed)} real time on ${plural(run.workers.used, "worker")}`,
  ];
  if (deadline) {
    lines.push(
      `One worker alone: average load ${formatLoad(deadline.averageLoad)}, peak load ${formatLoad(deadline.peakLoad)}, ` +
        `${plural(deadline.overruns, "block")} of ${plural(deadline.blocks, "block")} late`,
    );
  }
  return [...lines, ...warnings(run), "Click to open the panel"].join("\n");
}

const warnings = ({ findings }: Run): string[] =>
  findings.filter(({ severity }) => severity !== "information").map(({ text }) => text);

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
