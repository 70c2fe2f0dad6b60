import { Session, type Profiler } from "node:inspector";
import { ask } from "./inspector.ts";

/**
 * V8's exact counts of this thread. Made before what is to be counted is loaded: what is loaded already has counts of
 * functions, but none inside them, and nothing says so. The thread stays some five times slower for good.
 */
export class Coverage {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    ask(this.#session, "Profiler.enable");
    ask(this.#session, "Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** What ran since it was asked last, which takes about 2 ms; a function that didn't run isn't in it. */
  take(): readonly Profiler.ScriptCoverage[] {
    const taken = ask(this.#session, "Profiler.takePreciseCoverage");
    return (taken as Profiler.TakePreciseCoverageReturnType).result;
  }
}
