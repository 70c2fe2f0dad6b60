import type { OwnRuntime } from "../process/runtime.ts";
import type { Terminal } from "./terminal.ts";

/** What the command line stands on; made once, in cli.ts. */
export interface Surroundings {
  /** Where the user stands. */
  readonly folder: string;
  readonly terminal: Terminal;
  readonly enginePath: string;
  /** dist/pipelines */
  readonly pipelinesPath: string;
  readonly version: string;
  readonly own: OwnRuntime;
  /** For runs that a read-only workspace can't take. */
  readonly storage: string;
  /** Aborted when the user wants to stop. */
  readonly stop: AbortSignal;
}
