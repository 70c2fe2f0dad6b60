import { types } from "node:util";
import type { FindingPlace } from "../core/run/run.ts";
import type { FailureDetails } from "../protocol/engine.ts";

/** A run that can't go on: one sentence that says what, where and what to do. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly details: FailureDetails;

  constructor(kind: FailureDetails["kind"], sentence: string, where: FindingPlace | null = null) {
    super(sentence);
    this.details = { kind, where };
  }
}

/** Errors of an AudioWorklet's realm aren't `instanceof Error` here. */
export const isError = (error: unknown): error is Error =>
  error instanceof Error || types.isNativeError(error);

export const messageOf = (error: unknown): string => (isError(error) ? error.message : String(error));
