import type { Run } from "../../run/run.ts";
import { toChromeTrace } from "./chromeTrace/chromeTrace.ts";
import { toCollapsed } from "./collapsed.ts";
import { toCpuProfile } from "./cpuProfile.ts";
import { toCsv } from "./csv.ts";
import { toPprof } from "./pprof.ts";
import { toSpeedscope } from "./speedscope.ts";

export interface ExportFormat {
  readonly title: string;
  /** Of the file's name, without the dot in front. */
  readonly ending: string;
  /** The tools expect it packed with gzip. */
  readonly isPacked: boolean;
  /** @param folder what relative paths of the run are relative to; null where there are none */
  readonly write: (this: void, run: Run, folder: string | null) => string | Uint8Array;
}

/** What a run can be written as, for other tools; `docs/formats.md` says what each keeps. */
export const EXPORT_FORMATS = {
  cpuprofile: { title: "CPU profile", ending: "cpuprofile", isPacked: false, write: toCpuProfile },
  speedscope: { title: "speedscope", ending: "speedscope.json", isPacked: false, write: toSpeedscope },
  collapsed: { title: "Collapsed stacks", ending: "collapsed.txt", isPacked: false, write: toCollapsed },
  pprof: { title: "pprof", ending: "pb.gz", isPacked: true, write: toPprof },
  "chrome-trace": { title: "Chrome trace", ending: "trace.json", isPacked: false, write: toChromeTrace },
  csv: { title: "CSV", ending: "csv", isPacked: false, write: toCsv },
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type ExportFormatName = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportFormatName[];
