import { mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { RunReportOptions } from "../../core/report/document/runReport.ts";
import { REPORT_BEGINNINGS, reportText, type ReportFormat } from "../../core/report/reportFormats.ts";
import type { Run } from "../../core/run/run.ts";
import { beginsWith } from "../beginsWith.ts";
import { makeHome, writeWhole } from "../runs/runFiles.ts";
import { thresholdsOf, type Settings } from "../settings/settings.ts";
import { reportName } from "./reportName.ts";

/** @param sources the measured texts, by their names in the run */
export const reportOptions = (
  settings: Settings,
  sources: ReadonlyMap<string, string>,
): RunReportOptions => ({
  thresholds: thresholdsOf(settings),
  sortBy: settings.sortBy,
  source: (file) => sources.get(file) ?? null,
});

/**
 * What the settings ask for after each run; it takes the place of the one of the run before.
 * @param folder what the setting's folder is relative to
 * @returns the report's file; null where none is asked for
 * @throws Error with a sentence where it can't be written
 */
export async function writeReportOf(
  run: Run,
  settings: Settings,
  sources: ReadonlyMap<string, string>,
  folder: string,
): Promise<string | null> {
  const format = settings["reports.format"];
  if (format === "none") return null;
  const place = resolve(folder, settings["reports.folder"]);
  const path = join(place, reportName(run, format));
  const advice = "change waveflame.reports.folder";
  try {
    // Reports are no more part of the person's work than the runs beside them.
    if (place.startsWith(join(folder, ".waveflame") + sep)) await makeHome(folder);
    await mkdir(place, { recursive: true });
  } catch (error) {
    throw notWritten(path, error, advice);
  }
  await writeReport(path, reportText(run, format, reportOptions(settings, sources)), format, advice);
  return path;
}

/**
 * Replaces reports and nothing else.
 * @param advice what to do where it can't be written, as `change --output`
 * @throws Error with a sentence
 */
export async function writeReport(
  path: string,
  text: string,
  format: ReportFormat,
  advice: string,
): Promise<void> {
  try {
    const found = await stat(path).catch(() => null);
    if (found?.isFile() && found.size > 0 && !(await beginsWith(path, [REPORT_BEGINNINGS[format]])))
      throw new Error(`${path} holds something else than such a report: ${advice}, or remove that file.`);
    await writeText(path, text);
  } catch (error) {
    throw error instanceof Error && !("code" in error) ? error : notWritten(path, error, advice);
  }
}

/** Whole or not at all; a link stays one, and a device or a pipe takes it as it comes. @throws what the system does */
export async function writeText(path: string, text: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isFile()) await writeFile(path, text);
  else await writeWhole(found ? await realpath(path) : path, text);
}

function notWritten(path: string, error: unknown, advice: string): Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const reason = code === "ENOENT" ? `the folder ${dirname(path)} doesn't exist` : code;
  return new Error(`The report ${path} couldn't be written (${reason}): ${advice}.`, { cause: error });
}
