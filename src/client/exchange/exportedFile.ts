import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { EXPORT_FORMATS, type ExportFormatName } from "../../core/exchange/export/exportRun.ts";
import { baseName } from "../../core/names/paths.ts";
import type { Run } from "../../core/run/run.ts";

/**
 * A run in another tool's format, packed where its tools expect that.
 *
 * @param folder what the run's relative paths are relative to
 * @throws Error with a sentence where the run doesn't fit the format
 */
export async function exportedFile(
  run: Run,
  format: ExportFormatName,
  folder: string | null,
): Promise<Uint8Array> {
  const { write, isPacked } = EXPORT_FORMATS[format];
  const written = write(run, folder);
  const bytes = typeof written === "string" ? Buffer.from(written, "utf8") : written;
  return isPacked ? promisify(gzip)(bytes) : bytes;
}

/** `evening-mix 2026-11-21T14-32-07.cpuprofile` */
export function exportName({ audio, id }: Run, format: ExportFormatName): string {
  const when = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d/.exec(id)?.[0] ?? id;
  const name = baseName(audio.path).replace(/\.[^.]+$/, "");
  return `${name} ${when}.${EXPORT_FORMATS[format].ending}`;
}
