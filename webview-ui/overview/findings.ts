import { alertsOf } from "../../src/core/alerts/alerts.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { drawFindingList } from "../parts/findingList.ts";
import type { View } from "../view.ts";

/** The limits that it broke, and what the run noticed. */
export function drawFindings(host: Part, view: View): void {
  const { run, settings } = view;
  const { findings, imported } = run;
  if (imported && findings.length === 0) return;
  const alerts = alertsOf(run, settings.thresholds);
  const section = addSection(host, "findings", "Findings");
  if (alerts.length > 0) drawFindingList(section, view, alerts);
  if (findings.length + alerts.length === 0)
    add(section, "p", "quiet", "Nothing unusual was noticed in this run.");
  else if (findings.length > 0) drawFindingList(section, view, findings);
}
