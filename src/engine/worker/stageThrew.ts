import { messageOf } from "../failure.ts";

/** What a pipeline's own code threw, with the stage and the position in the recording. */
export class StageThrew extends Error {
  override readonly name = "StageThrew";
  readonly stage: string;
  readonly seconds: number;
  /** The factory, a block or the end. */
  readonly during: "create" | "process" | "finish";
  readonly thrown: unknown;

  constructor(thrown: unknown, stage: string, seconds: number, during: "create" | "process" | "finish") {
    super(messageOf(thrown));
    this.thrown = thrown;
    this.stage = stage;
    this.seconds = seconds;
    this.during = during;
  }
}
