import type { Translate } from "../../client/translate.ts";
import { formatLoad, formatShare } from "../../core/format.ts";
import type { HotLine } from "../../core/lines/hotLines.ts";
import { formatCost } from "../../core/run/cost.ts";
import type { Run } from "../../core/run/run.ts";

type CostRun = Pick<Run, "imported">;

const SEPARATOR = " · ";

/** What stands behind a line: `12.4 % · 34.0 ms · 1.9 % load`; another tool knows no load. */
export function figuresOf(run: CostRun, line: HotLine, fresh: boolean, t: Translate): string {
  const cost = [formatShare(line.share), formatCost(run, line.selfMs)];
  const load = run.imported ? [] : [t("{0} load", formatLoad(line.load))];
  return [...cost, ...(fresh ? load : [t("edited since")])].join(SEPARATOR);
}
