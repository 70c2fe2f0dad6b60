import type { Bytes, Milliseconds } from "../../core/units.ts";
import { LOOK_EVERY_MS } from "./memoryWatch.ts";

/** So long an engine may end its workers by itself, and keep what was measured; more than one look takes. */
const GRACE_MS: Milliseconds = Math.max(1500, 2.5 * LOOK_EVERY_MS);
/** So much above the limit nobody waits for it. */
const MOST_ABOVE: Bytes = 2 ** 30;

/** Judges what a process holds. */
export interface MemoryLimit {
  look(this: void, held: Bytes): void;
  stop(this: void): void;
}

/** @param onExceeded once: it held more for too long, or far too much */
export function memoryLimit(limit: Bytes, onExceeded: () => void): MemoryLimit {
  let grace: NodeJS.Timeout | undefined;
  let isStopped = false;
  const stop = (): void => {
    clearTimeout(grace);
    isStopped = true;
  };
  const exceeded = (): void => {
    stop();
    onExceeded();
  };
  return {
    look(held) {
      if (isStopped) return;
      if (held > limit + MOST_ABOVE) exceeded();
      else if (held > limit) grace ??= setTimeout(exceeded, GRACE_MS);
      else {
        clearTimeout(grace);
        grace = undefined;
      }
    },
    stop,
  };
}
