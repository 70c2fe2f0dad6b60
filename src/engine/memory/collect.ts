import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collector: (() => void) | undefined;

/** Collects this thread's garbage at once. */
export function collectGarbage(): void {
  if (!collector) {
    // A new context has the function from then on; nobody need start Node with a flag.
    setFlagsFromString("--expose-gc");
    collector = runInNewContext("gc") as () => void;
  }
  collector();
}
