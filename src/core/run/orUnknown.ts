import { either, oneOf, type Check } from "./check.ts";

/** What can't be told on this machine is the word "unknown", never a guess. */
export type OrUnknown<T> = T | "unknown";

/** @param wanted completes `isn't … or "unknown"` */
export const orUnknown = <T>(check: Check<T>, wanted: string): Check<OrUnknown<T>> =>
  either(check, oneOf("unknown"), `${wanted} or "unknown"`);
