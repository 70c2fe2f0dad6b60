/** What is wrong with a profile from elsewhere, as the middle of a sentence: where, and what it is. */
export class ProfileProblem extends Error {
  /** What a person can do about it. */
  readonly remedy: string;

  constructor(what: string, remedy = "record it again") {
    super(what);
    this.remedy = remedy;
  }
}
