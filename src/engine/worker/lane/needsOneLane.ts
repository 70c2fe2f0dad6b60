/** A stage reads what stages on other workers emit: "so far" is only the same for any number of workers on one. */
export class NeedsOneLane extends Error {
  override readonly name = "NeedsOneLane";
  readonly stage: string;

  constructor(stage: string) {
    super(`Stage "${stage}" reads results while the recording runs.`);
    this.stage = stage;
  }
}
