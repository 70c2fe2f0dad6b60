import { baseName } from "../../names/paths.ts";
import type { Imported } from "../../run/measured/imported.ts";
import { NOT_LOOKED_AT } from "../../run/readRun.ts";
import { RUN_FORMAT, RUN_VERSION, type Finding, type Run, type StageFigures } from "../../run/run.ts";
import { callTreeOf } from "./callTree.ts";
import { onOneLine } from "./frameTable.ts";
import { linesOf } from "./lines.ts";
import { ProfileProblem } from "./problem.ts";
import type { ForeignProfile, ForeignThread } from "./readProfile.ts";

/** What a run of another tool's profile is told besides the profile. */
export interface Circumstances {
  /** Name of the saved file, and when it was opened, as every run's. */
  readonly id: string;
  readonly time: string;
  /** The version of Waveflame that opens it. */
  readonly waveflame: string;
  /** As a run names files. */
  readonly file: string;
  readonly sha256: string;
}

const NO_TIMES = { p50: 0, p99: 0, max: 0 };
const NO_HISTOGRAM = { edgesMs: [], counts: [] };

/** A whole run: threads are its stages; what only a recording tells stays empty or "unknown", and no view shows it. */
export function runOf(profile: ForeignProfile, circumstances: Circumstances): Run {
  const threads = profile.threads.filter(({ tree }) => (tree.totals()[0] ?? 0) > 0);
  if (threads.length === 0) throw new ProfileProblem("it holds no samples of anything at work");
  const names = stageNames(threads);
  const stagesMs = threads.reduce((sum, { tree }) => sum + (tree.totals()[0] ?? 0), 0) / profile.perMs;
  if (!Number.isFinite(stagesMs) || stagesMs > LONGEST_MS)
    throw new ProfileProblem("its times add up to more than a clock tells");
  const stages = threads.map((thread, index) => stageOf(thread, names[index] ?? "", profile, stagesMs));
  return {
    format: RUN_FORMAT,
    version: RUN_VERSION,
    id: circumstances.id,
    time: circumstances.time,
    state: "complete",
    waveflame: circumstances.waveflame,
    ...unknownSurroundings(circumstances, threads.length),
    totals: {
      wallMs: Math.max(...stages.map(({ wallMs }) => wallMs)),
      stagesMs,
      load: 0,
      speed: 0,
      deadline: null,
    },
    stages,
    lines: linesOf(threads, names, profile.frames, profile.perMs, stagesMs),
    callTree: callTreeOf(threads, profile.frames, profile.perMs),
    results: [],
    findings: profile.notes.map((text): Finding => ({
      kind: "imported-in-part",
      severity: "warning",
      text,
      where: null,
    })),
    variants: [],
    imported: importedOf(profile, circumstances),
  };
}

/** Thirty thousand years. */
const LONGEST_MS = 1e15;

function importedOf({ format, tool, unit }: ForeignProfile, { file }: Circumstances): Imported {
  return { format, file: baseName(file), tool, unit };
}

function unknownSurroundings(
  { file, sha256 }: Circumstances,
  threads: number,
): Pick<Run, "machine" | "runtime" | "audio" | "pipeline" | "workers" | "passes" | "memory"> &
  typeof NOT_LOOKED_AT {
  return {
    ...NOT_LOOKED_AT,
    machine: {
      platform: "unknown",
      architecture: "unknown",
      cpu: "unknown",
      frequencyGHz: "unknown",
      physicalCores: "unknown",
      logicalCores: 0,
      memoryGB: 0,
      disk: "unknown",
      gpus: "unknown",
      simd: "unknown",
    },
    runtime: { source: "path", node: "unknown", v8: "unknown" },
    audio: {
      path: file,
      frames: 0,
      sampleRate: 1,
      channels: 0,
      sha256,
      durationSeconds: 0,
      encoding: "unknown",
      decodeMs: 0,
    },
    pipeline: {
      name: baseName(file),
      file,
      blockFrames: 1,
      segmentSeconds: 1,
      parameters: {},
      changed: null,
      files: [],
    },
    workers: { used: threads, asked: null, byRule: 0, reason: "Another tool measured this." },
    passes: [],
    memory: null,
  };
}

function stageOf(
  { tree, elapsed, samples }: ForeignThread,
  name: string,
  { perMs }: ForeignProfile,
  stagesMs: number,
): StageFigures {
  const selfMs = (tree.totals()[0] ?? 0) / perMs;
  return {
    name,
    file: "",
    line: 1,
    scope: "stream",
    variant: null,
    variants: [],
    latencyFrames: 0,
    warmUpSeconds: null,
    asynchronous: false,
    calls: 0,
    selfMs,
    wallMs: Math.max(selfMs, elapsed === null ? 0 : elapsed / perMs),
    createMs: 0,
    share: selfMs / stagesMs,
    load: 0,
    speed: null,
    block: NO_TIMES,
    histogram: NO_HISTOGRAM,
    ticks: samples ?? 0,
  };
}

/** As the file calls them, each name once: lines refer to them by it. */
function stageNames(threads: readonly ForeignThread[]): string[] {
  const given = new Set<string>();
  return threads.map(({ name }, index) => {
    const unnamed = threads.length === 1 ? "All stacks" : `Thread ${index + 1}`;
    const plain = onOneLine(name) || unnamed;
    let unique = plain;
    for (let again = 2; given.has(unique); again++) unique = `${plain} (${again})`;
    given.add(unique);
    return unique;
  });
}
