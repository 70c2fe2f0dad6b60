/** How often a function's result was remembered instead of computed. */
export interface RememberedResult {
  /** The function's. */
  readonly name: string;
  readonly remembered: number;
  readonly computed: number;
}

const counts = new Map<string, { remembered: number; computed: number }>();

/** Counts for a function of this name from now on; functions of one name are counted together. */
export function countRemembered(name: string, what: "remembered" | "computed"): void {
  let count = counts.get(name);
  if (!count) counts.set(name, (count = { remembered: 0, computed: 0 }));
  count[what] += 1;
}

/**
 * What `cached` functions of this thread remembered since `resetRememberedResults`. Time measured meanwhile isn't what
 * the work takes: the profiler says so in the run.
 */
export function rememberedResults(): RememberedResult[] {
  return [...counts]
    .filter(([, { remembered }]) => remembered > 0)
    .map(([name, count]) => ({ name, ...count }));
}

/** Counts anew from here; the results themselves stay where they are. */
export function resetRememberedResults(): void {
  counts.clear();
}
