import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { drawFindingList } from "../parts/findingList.ts";
import type { View } from "../view.ts";

/** What the run noticed. */
export function drawFindings(host: Part, view: View): void {
  const { findings, imported } = view.run;
  if (imported && findings.length === 0) return;
  const section = addSection(host, "findings", "Findings");
  if (findings.length === 0) add(section, "p", "quiet", "Nothing unusual was noticed in this run.");
  else drawFindingList(section, view, findings);
}
