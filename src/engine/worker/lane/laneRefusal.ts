import { isError, messageOf } from "../../failure.ts";
import type { LaneRefusal } from "./laneProtocol.ts";
import { PipelineExit } from "./forbidExit.ts";
import { BrokenBuiltin } from "../measuring/builtins.ts";
import { SourceProblem } from "../loading/sourcePort.ts";
import { NeedsOneLane } from "./needsOneLane.ts";
import { StageThrew } from "../stages/stageThrew.ts";

/** An error as the engine can read it on the other side of the port. */
class RefusedJob extends Error {
  readonly details: LaneRefusal;

  constructor(message: string, details: Partial<LaneRefusal> & Pick<LaneRefusal, "kind">) {
    super(message);
    this.details = { stack: "", code: null, stage: null, time: null, path: null, line: null, ...details };
  }
}

export function refusalOf(error: unknown): RefusedJob {
  if (error instanceof StageThrew) {
    const { thrown, stage, seconds: time } = error;
    if (thrown instanceof NeedsOneLane) return refusalOf(thrown);
    const kind = thrown instanceof PipelineExit ? "exit" : kindOf(thrown);
    return new RefusedJob(error.message, { kind, stack: stackOf(thrown), stage, time });
  }
  if (error instanceof NeedsOneLane)
    return new RefusedJob(error.message, { kind: "needs one lane", stage: error.stage });
  if (error instanceof SourceProblem) {
    const { message, path, line } = error;
    return new RefusedJob(message, { kind: "syntax", path, line });
  }
  if (error instanceof BrokenBuiltin) return new RefusedJob(error.message, { kind: "builtin" });
  const kind = error instanceof PipelineExit ? "exit" : "load";
  return new RefusedJob(messageOf(error), {
    kind,
    stack: stackOf(error),
    code: isError(error) && "code" in error && typeof error.code === "string" ? error.code : null,
  });
}

/** By name: the pipeline has a library of its own, whose classes are others. */
function kindOf(thrown: unknown): LaneRefusal["kind"] {
  const name = isError(thrown) ? thrown.name : "";
  return name === "ParameterError" ? "parameter" : name === "WriteError" ? "file" : "stage";
}

const stackOf = (error: unknown): string => (isError(error) ? (error.stack ?? "") : "");
