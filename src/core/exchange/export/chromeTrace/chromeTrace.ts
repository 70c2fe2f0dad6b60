import type { PassKind, Run } from "../../../run/run.ts";
import { framesToSeconds, type Milliseconds } from "../../../units.ts";
import { stacksOf, walkStacks } from "../stacks.ts";
import { Rows, type TraceEvent } from "./events.ts";

const WORKERS = 1;
const MACHINE = 2;
const CALLS = 3;
const BLOCKS = 4;
const PASSES = 5;

const OF_THE_RUN = "from the beginning of the run";

/**
 * A trace for Perfetto, chrome://tracing and DevTools, on one clock that counts from the beginning of the run: its passes,
 * jobs of the workers with the collections in them, what the run took of the machine, slow blocks; and the stages with
 * their calls, summed, which have no moments. Where an older run doesn't say when its passes started, names of processes
 * say which clock is theirs.
 */
export function toChromeTrace(run: Run): string {
  const traceEvents: TraceEvent[] = [
    ...workersOf(run),
    ...machineOf(run),
    ...callsOf(run),
    ...slowBlocksOf(run),
    ...passesOf(run),
  ];
  const { id, time, waveflame, pipeline, audio } = run;
  return JSON.stringify({
    traceEvents,
    displayTimeUnit: "ms",
    otherData: {
      source: `waveflame@${waveflame}`,
      run: id,
      time,
      pipeline: pipeline.name,
      recording: audio.path,
    },
  });
}

/** Null where the run doesn't say, or has no such pass. */
const startOf = ({ passes }: Run, kind: PassKind): Milliseconds | null =>
  passes.find((pass) => pass.kind === kind)?.startedMs ?? null;

function workersOf(run: Run): TraceEvent[] {
  const { pool, collections, stages } = run;
  if (!pool && !collections) return [];
  const start = startOf(run, "timed");
  const clock = start === null ? "from the beginning of the timed pass" : OF_THE_RUN;
  const rows = new Rows(WORKERS, `Workers, ${clock}`, start ?? 0);
  const pauses = collections?.pauses ?? [];
  const workers = Math.max(0, pool?.workers.length ?? 0, ...pauses.map(({ worker }) => worker + 1));
  // A pause may reach over a job's end, so it has a row of its own below its worker's.
  for (let worker = 0; worker < workers; worker++) {
    rows.nameRow(jobsRow(worker), `Worker ${worker + 1}`);
    if (pauses.some((pause) => pause.worker === worker))
      rows.nameRow(pausesRow(worker), `Worker ${worker + 1}, collections`);
  }
  const jobs = pool?.timeline;
  jobs?.worker.forEach((worker, job) => {
    const from = jobs.fromStage[job] ?? 0;
    const names = stages.slice(from, jobs.toStage[job] ?? from).map(({ name }) => name);
    const [began, ended] = [jobs.beganMs[job] ?? 0, jobs.endedMs[job] ?? 0];
    rows.span(jobsRow(worker), names.join(", "), "job", began, Math.max(0, ended - began), {
      segment: jobs.segment[job],
      sentMs: (start ?? 0) + (jobs.sentMs[job] ?? 0),
      receivedMs: (start ?? 0) + (jobs.receivedMs[job] ?? 0),
    });
  });
  for (const { kind, atMs, ms, worker, stage, block, time } of pauses)
    rows.span(pausesRow(worker), `${kind} collection`, "collection", atMs, ms, {
      stage,
      block,
      recordingSeconds: time,
    });
  return rows.events;
}

const jobsRow = (worker: number): number => worker * 2 + 1;
const pausesRow = (worker: number): number => worker * 2 + 2;

function machineOf({ series, memory }: Run): TraceEvent[] {
  if (!series) return [];
  const rows = new Rows(MACHINE, `Machine, ${OF_THE_RUN}`);
  const add = (name: string, values: readonly number[] | "unknown"): void => {
    if (values !== "unknown")
      values.forEach((value, point) => rows.counter(name, series.atMs[point] ?? 0, value));
  };
  add("cores", series.cpu);
  add("memory MB", series.memoryMB);
  add("read MB", series.readMB);
  add("written MB", series.writtenMB);
  for (const { kind, atMs, residentMB } of memory?.events ?? [])
    rows.mark(0, kind === "critical" ? "memory critical" : "memory above high water", atMs, { residentMB });
  return rows.events;
}

/** One row, stage after stage: widths are times, their order means nothing. */
function callsOf(run: Run): TraceEvent[] {
  const rows = new Rows(CALLS, "Stages and what they called, summed");
  rows.nameRow(1, run.imported ? "all threads" : "all stages");
  const nodes = stacksOf(run);
  const begins: number[] = [];
  let now = 0;
  walkStacks(
    nodes,
    (index) => {
      begins[index] = now;
    },
    (index) => {
      const node = nodes[index];
      if (!node) return;
      now += node.selfMs;
      const begin = begins[index] ?? 0;
      const name = node.kind === "line" ? `line ${node.line}` : node.name;
      const place = node.file === "" ? {} : { file: node.file, line: node.line };
      rows.span(1, name, node.kind, begin, now - begin, { ...place, selfMs: node.selfMs });
    },
  );
  // Callers stand before their callees where both begin at once.
  const order = new Map(rows.events.map((event, index) => [event, index]));
  return rows.events.sort(
    (a, b) =>
      a.ts - b.ts || (b.dur ?? Infinity) - (a.dur ?? Infinity) || (order.get(b) ?? 0) - (order.get(a) ?? 0),
  );
}

function slowBlocksOf(run: Run): TraceEvent[] {
  const { slowBlocks, audio, passes } = run;
  if (!slowBlocks || slowBlocks.episodes.length === 0) return [];
  const start = startOf(run, passes.some(({ kind }) => kind === "alone") ? "alone" : "timed");
  const hasMoments = start !== null && slowBlocks.episodes.every(({ atMs }) => atMs !== undefined);
  const clock = hasMoments ? OF_THE_RUN : "by their position in the recording";
  const rows = new Rows(BLOCKS, `Slow blocks, ${clock}`, hasMoments ? start : 0);
  rows.nameRow(1, "one worker alone");
  for (const episode of slowBlocks.episodes) {
    const { cause, time, atMs, frames, evidence, firstBlock, blocks, longestMs, stage } = episode;
    const audioMs = framesToSeconds(frames, audio.sampleRate) * 1000;
    const [at, ms] = hasMoments ? [atMs ?? 0, episode.lastedMs ?? 0] : [time * 1000, audioMs];
    rows.span(1, cause, "slow block", at, ms, {
      evidence,
      firstBlock,
      blocks,
      recordingSeconds: time,
      longestMs,
      stage,
    });
  }
  return rows.events;
}

/** One after another. */
function passesOf({ passes }: Run): TraceEvent[] {
  if (passes.every(({ startedMs }) => startedMs === null)) return [];
  const rows = new Rows(PASSES, `Passes, ${OF_THE_RUN}`);
  rows.nameRow(1, "passes");
  for (const { kind, startedMs, wallMs, workers, repeats, sampled } of passes)
    if (startedMs !== null) rows.span(1, kind, "pass", startedMs, wallMs, { workers, repeats, sampled });
  return rows.events;
}
