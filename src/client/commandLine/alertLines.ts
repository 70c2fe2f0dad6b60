import { alertsOf, type Alert } from "../../core/alerts/alerts.ts";
import { baseName, systemPath } from "../../core/names/paths.ts";
import { harmless } from "../../core/report/terminalText.ts";
import type { Run } from "../../core/run/run.ts";
import { thresholdsOf, type Settings } from "../settings/settings.ts";

export const alertsIn = (run: Run, settings: Settings): Alert[] => alertsOf(run, thresholdsOf(settings));

/** `src/biquad.ts:31: warning: …`, as compilers say it, so that editors and CI services find the line. */
export function alertLine({ where, text }: Alert, { audio }: Run, namesRecording: boolean): string {
  const recording = namesRecording ? `${baseName(audio.path)}: ` : "";
  return harmless(`${systemPath(where.file, null)}:${where.line}: warning: ${recording}${text}`);
}
