import { messageOf } from "../failure.ts";

/** What a pipeline threw outside of any call, as its worker died of it; its stack still has the padded lines. */
export class WorkerThrew extends Error {
  override readonly name = "WorkerThrew";

  constructor(thrown: unknown) {
    super(messageOf(thrown));
    this.stack = (thrown instanceof Error ? thrown.stack : undefined) ?? "";
  }
}
