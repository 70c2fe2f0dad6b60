import { nearestName } from "../../core/names/nearestName.ts";
import type { StageFigures } from "../../core/run/run.ts";
import { Failure } from "../failure.ts";

/** Before the run: the stage after which the heap is looked into must be one that blocks go through. @throws Failure */
export function refuseHeapAfter(
  heapAfter: string | null,
  stages: readonly Pick<StageFigures, "name" | "scope">[],
): void {
  if (heapAfter === null) return;
  const stage = stages.find(({ name }) => name === heapAfter);
  if (stage && stage.scope !== "file") return;
  const names = stages.filter(({ scope }) => scope !== "file").map(({ name }) => name);
  const problem = stage
    ? `No blocks go through the stage "${heapAfter}", which runs once at the end`
    : `The pipeline has no stage "${heapAfter}"`;
  throw new Failure(
    "stage",
    `${problem}, so the heap can't be looked into after it: ${advice(heapAfter, names)}`,
  );
}

function advice(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return "blocks go through no stage of this pipeline.";
  const nearest = nearestName(wanted, names);
  const meant = nearest === null ? "" : ` Did you mean "${nearest}"?`;
  return `blocks go through ${names.join(", ")}.${meant}`;
}
