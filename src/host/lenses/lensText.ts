import type { Translate } from "../../client/translate.ts";
import { formatDuration, formatShare, formatSpeed } from "../../core/format.ts";
import type { StageFigures } from "../../core/run/run.ts";
import { stageTitle } from "../../core/run/stageTitle.ts";

/** `envelope: 90.6× real time, 7.2 %, 1.59 s`, with the variant that ran where it isn't the one as written. */
export function lensOf(stage: StageFigures, fresh: boolean, t: Translate): string {
  const figures = [
    t("{0} real time", formatSpeed(stage.speed)),
    formatShare(stage.share),
    formatDuration(stage.selfMs),
  ];
  return `${stageTitle(stage)}: ${[...figures, ...(fresh ? [] : [t("edited since")])].join(", ")}`;
}
