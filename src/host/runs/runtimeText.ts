import type { Run } from "../../core/run.ts";

const SOURCES: Readonly<Record<Run["runtime"]["source"], string>> = {
  path: "from the PATH",
  editor: "of the editor",
  setting: "named in the settings",
  "command line": "of the command line",
};

/** `Node 24.21.0 from the PATH` */
export const runtimeInWords = (run: Run): string => `Node ${run.runtime.node} ${SOURCES[run.runtime.source]}`;

/** In the time zone and the language of whoever reads it. */
export const timeInWords = (run: Run): string =>
  new Date(run.time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
