import type { Translate } from "../../client/translate.ts";
import { formatDuration, formatLoad, formatShare } from "../../core/format.ts";
import type { HotLine } from "../../core/lines/hotLines.ts";

const SEPARATOR = " · ";

/** What stands behind a line: `12.4 % · 34.0 ms · 1.9 % load`. */
export function figuresOf(line: HotLine, fresh: boolean, t: Translate): string {
  const cost = [formatShare(line.share), formatDuration(line.selfMs)];
  return [...cost, fresh ? t("{0} load", formatLoad(line.load)) : t("edited since")].join(SEPARATOR);
}
