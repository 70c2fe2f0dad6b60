import { messageOf } from "../../failure.ts";

/** What a stage's own code threw, with the stage and the position in the recording. */
export class StageThrew extends Error {
  override readonly name = "StageThrew";
  readonly stage: string;
  /** Null before the recording begins. */
  readonly seconds: number | null;
  readonly thrown: unknown;

  constructor(thrown: unknown, stage: string, seconds: number | null) {
    super(messageOf(thrown));
    this.thrown = thrown;
    this.stage = stage;
    this.seconds = seconds;
  }
}
