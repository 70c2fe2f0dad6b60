import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collector = (options?: { type: "major"; execution: "sync"; flavor: "last-resort" }) => void;
let collector: Collector | undefined;

/** Collects this thread's garbage at once. */
export function collectGarbage(): void {
  theCollector()();
}

/** Gives back all that can be, code that may be compiled again included: for a thread that has nothing to measure any more. */
export function giveBackMemory(): void {
  theCollector()({ type: "major", execution: "sync", flavor: "last-resort" });
}

function theCollector(): Collector {
  if (!collector) {
    // A new context has the function from then on; nobody need start Node with a flag.
    setFlagsFromString("--expose-gc");
    collector = runInNewContext("gc") as Collector;
  }
  return collector;
}
