/**
 * What a stage throws for a parameter that it can't take: one sentence that says which, what it is and what to give, as in
 * `amount is "abc": give a number`. The run then fails for the parameter and not for the code.
 */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}
