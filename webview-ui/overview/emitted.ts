import { resultRows } from "../../src/core/run/resultRows.ts";
import type { Run } from "../../src/core/run/run.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

/** What the stages emitted, where they did; as the terminal shows it. */
export function drawEmitted(host: Part, run: Run): void {
  const rows = resultRows(run);
  if (rows.length === 0) return;
  const section = addSection(host, "emitted", "Results", "what the stages emitted");
  const list = add(section, "dl", "result-list");
  for (const { stage, name, parts } of rows) {
    add(list, "dt", "", stage === name ? name : `${stage}: ${name}`);
    add(list, "dd", "", parts.join(", "));
  }
}
