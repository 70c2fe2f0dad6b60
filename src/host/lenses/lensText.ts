import { formatDuration, formatShare, formatSpeed } from "../../core/format.ts";
import type { StageFigures } from "../../core/run.ts";

/** `envelope: 90.6× real time, 7.2 %, 1.59 s` */
export function lensOf(stage: StageFigures, fresh: boolean): string {
  const figures = [
    `${formatSpeed(stage.speed)} real time`,
    formatShare(stage.share),
    formatDuration(stage.selfMs),
  ];
  return `${stage.name}: ${[...figures, ...(fresh ? [] : ["edited since"])].join(", ")}`;
}
