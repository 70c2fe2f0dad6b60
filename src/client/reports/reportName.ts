import { createHash } from "node:crypto";
import { baseName } from "../../core/names/paths.ts";
import { pipelineName } from "../../core/names/pipelineName.ts";
import type { ReportFormat } from "../../core/report/reportFormats.ts";
import type { Run } from "../../core/run/run.ts";

/**
 * `speech.wav.voice-level.html`: the same for each run of a recording through a pipeline, and for no other one. Where their
 * names alone don't tell them apart, because either lies in a folder, digits made of both paths do.
 */
export function reportName({ audio, pipeline, imported }: Run, format: ReportFormat): string {
  if (imported !== null) return `${safe(baseName(imported.file))}.${format}`;
  const names = [baseName(audio.path), pipelineName(baseName(pipeline.file))];
  const isTold = [audio.path, pipeline.file].every((path) => !path.includes("/"));
  const digits = isTold ? [] : [digitsOf(`${audio.path}\n${pipeline.file}`)];
  return safe([...names, ...digits, format].join("."));
}

const digitsOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** As every system takes it: a saved run may come from another one. */
const safe = (name: string): string => name.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, "-");
