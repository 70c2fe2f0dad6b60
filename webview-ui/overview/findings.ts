import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { drawFindingList } from "../parts/findingList.ts";
import type { View } from "../view.ts";

/** What the run noticed. */
export function drawFindings(host: Part, view: View): void {
  const { findings } = view.run;
  const section = addSection(host, "findings", "Findings");
  if (findings.length === 0) add(section, "p", "quiet", "Nothing unusual was noticed in this run.");
  else drawFindingList(section, view, findings);
}
