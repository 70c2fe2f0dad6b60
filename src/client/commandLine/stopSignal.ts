import { setMaxListeners } from "node:events";

/** Aborted by the first Ctrl-C, or what else asks to end; the second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  // Every recording under way listens, and Node would suspect a leak.
  setMaxListeners(0, controller.signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // 2, as for everything that wasn't profiled to its end; the engine ends with its parent.
      if (controller.signal.aborted) process.exit(2);
      controller.abort();
    });
  }
  return controller.signal;
}
