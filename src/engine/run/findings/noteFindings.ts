import type { Finding } from "../../../core/run/run.ts";
import type { SourceTable } from "../../modules/sourceTable.ts";
import type { LaneNote } from "../../worker/lane/laneProtocol.ts";

/** What lanes noted of stages, once each, with the place in the source. */
export function findingsOfNotes(
  notes: readonly LaneNote[],
  table: SourceTable,
  pathInRun: (path: string) => string,
): Finding[] {
  const once = new Map(notes.map((note) => [`${note.kind} ${note.stage}`, note]));
  return [...once.values()].map(({ kind, text, stage, shiftedLine }) => {
    const place = table.place(shiftedLine);
    const file = place && pathInRun(place.path);
    return {
      kind,
      severity: kind === "processors-left" ? "information" : "warning",
      text: file === undefined ? text : `${file}:${place?.line ?? 0}: ${text}`,
      where: { stage, ...(place && file !== undefined ? { file, line: place.line } : {}) },
    };
  });
}
