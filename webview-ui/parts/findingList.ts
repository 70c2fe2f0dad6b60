import type { Finding } from "../../src/core/run/run.ts";
import { formatPosition } from "../../src/core/format.ts";
import type { View } from "../view.ts";
import { add } from "./dom.ts";
import type { Part } from "./dom.ts";
import { addIcon } from "./icon.ts";
import { addSourceLink } from "./sourceLink.ts";

const ORDER = ["error", "warning", "information"] as const;

/** What is told of a run: what it noticed, or a limit that it broke. */
export type Told = Pick<Finding, "severity" | "text" | "where">;

/** What a run noticed, the worst first. */
export function drawFindingList(host: Part, view: View, findings: readonly Told[]): void {
  const list = add(host, "ul", "finding-list");
  for (const severity of ORDER) {
    for (const finding of findings.filter((each) => each.severity === severity))
      drawFinding(list, view, finding);
  }
}

function drawFinding(list: Part, view: View, finding: Told): void {
  const entry = add(list, "li", "with-icon");
  addIcon(entry, finding.severity);
  const words = add(entry, "p");
  words.append("span").text(finding.text);
  const { where } = finding;
  const time = where?.time === undefined ? "" : formatPosition(where.time);
  if (!finding.text.includes(time)) add(words, "span", "quiet", ` At ${time}.`);
  if (where?.file !== undefined) {
    words.append("span").text(" ");
    addSourceLink(words, view, { file: where.file, line: where.line ?? 1 });
  }
}
