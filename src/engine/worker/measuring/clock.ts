/** Taken before any pipeline is loaded: one may replace `performance.now`. */
const { performance } = globalThis;

/** Milliseconds on a clock that all threads of the process share. */
export const now: () => number = performance.now.bind(performance);
const utilization = performance.eventLoopUtilization.bind(performance);

/** Milliseconds that this thread's event loop has waited for something to happen. */
export const idleTime = (): number => utilization().idle;
