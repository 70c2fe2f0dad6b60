import type { Finding } from "../../src/core/run.ts";
import { formatPosition } from "../../src/core/format.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addIcon } from "../parts/icon.ts";
import { addSourceLink } from "../parts/sourceLink.ts";
import type { View } from "../view.ts";

const ORDER = ["error", "warning", "information"] as const;

/** What the run noticed, the worst first. */
export function drawFindings(host: Part, view: View): void {
  const { findings } = view.run;
  const section = addSection(host, "findings", "Findings");
  if (findings.length === 0) {
    add(section, "p", "quiet", "Nothing unusual was noticed in this run.");
    return;
  }
  const list = add(section, "ul", "finding-list");
  for (const severity of ORDER) {
    for (const finding of findings.filter((each) => each.severity === severity))
      drawFinding(list, view, finding);
  }
}

function drawFinding(list: Part, view: View, finding: Finding): void {
  const entry = add(list, "li", "with-icon");
  addIcon(entry, finding.severity);
  const words = add(entry, "p");
  words.append("span").text(finding.text);
  const { where } = finding;
  if (where?.time !== undefined) add(words, "span", "quiet", ` At ${formatPosition(where.time)}.`);
  if (where?.file !== undefined) {
    words.append("span").text(" ");
    addSourceLink(words, view, { file: where.file, line: where.line ?? 1 });
  }
}
