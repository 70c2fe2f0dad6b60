import { NOT_LOOKED_AT } from "../../src/core/run/readRun.ts";
import { RUN_FORMAT, RUN_VERSION } from "../../src/core/run/run.ts";
import type { LineFigures, Pass, Run, StageFigures } from "../../src/core/run/run.ts";
import { drawBlocks, histogramOf, percentilesOf } from "./drawBlocks.ts";
import type { SlowBlocks } from "./drawBlocks.ts";
import { drawTree } from "./drawRun.ts";

/** One run for all tests and pictures: 144 s of stereo through six stages, 168 blocks late. */
export const EXAMPLE_TREE = `
spectrum voice-master.pipeline.ts:14 block
  process src/spectrum.ts:8
    :12 60 +1420
    :18 31 +879
    :21 80
    fft node_modules/fft.js/lib/fft.js:88 1420
    hann src/window.ts:3
      :6 748
      :7 131
equaliser voice-master.pipeline.ts:16 stream
  process src/equaliser.ts:9
    :14 402 +6420
    :15 1038
    cascade src/biquad.ts:11
      :15 310 +5180
      :17 930
      biquad src/biquad.ts:24
        :29 520
        :31 3940
        :33 720
loudness voice-master.pipeline.ts:19 block
  process src/loudness.ts:7
    :11 390
    :13 90 +170
    biquad src/biquad.ts:24
      :31 130
      :33 40
envelope voice-master.pipeline.ts:21 stream
  process src/envelope.ts:6
    :24 1210
    :26 380
compressor voice-master.pipeline.ts:24 stream
  process src/compressor.ts:30
    :38 310
    :42 2745
    :44 390
    :47 235
limiter voice-master.pipeline.ts:29 stream
  process src/limiter.ts:20
    :44 410
    :46 140 +2950
    :51 210 +1050
    (garbage_collector) 150
    truePeak src/limiter.ts:60
      :63 230 +2720
      upsample4 src/oversample.ts:5
        :9 270 +1870
        :12 580
        fir src/oversample.ts:31
          :38 265
          :40 1605
    slidingMax src/limiter.ts:82
      :86 640
      :91 410
`;

/** Blocks outside the ordinary: the equaliser in two silences, the limiter while memory is collected, a first block. */
const SLOW: Readonly<Record<string, readonly SlowBlocks[]>> = {
  equaliser: [
    { first: 5390, count: 43, ms: 10.9 },
    { first: 8580, count: 118, ms: 11.1 },
  ],
  limiter: [
    { first: 1800, count: 1, ms: 9.9 },
    { first: 4130, count: 1, ms: 10.2 },
    { first: 6440, count: 1, ms: 9.8 },
    { first: 9860, count: 1, ms: 10.4 },
    { first: 12140, count: 1, ms: 18.1 },
  ],
  spectrum: [{ first: 0, count: 2, ms: 9.9 }],
};

const DURATION_SECONDS = 144;
const BLOCKS = 13_500;
const TICKS = 14_100;

export interface RunDrawing {
  readonly tree?: string;
  readonly slow?: Readonly<Record<string, readonly SlowBlocks[]>>;
  /** How long the timed pass took. */
  readonly wallMs?: number;
  /** Replaces whole fields after the figures were computed. */
  readonly with?: Partial<Run>;
}

/** A run whose figures agree: shares add up to 1, blocks to stages, lines to the tree. */
export function drawRun(drawing: RunDrawing = {}): Run {
  const drawn = drawTree(drawing.tree ?? EXAMPLE_TREE);
  const stagesMs = drawn.stages.reduce((sum, stage) => sum + stage.selfMs, 0);
  const wallMs = drawing.wallMs ?? 10_900;
  const audioMs = DURATION_SECONDS * 1000;
  const budgetMs = audioMs / BLOCKS;
  const perStage = drawn.stages.map((stage) =>
    drawBlocks(BLOCKS, stage.selfMs, (drawing.slow ?? SLOW)[stage.name] ?? []),
  );
  const whole = Float64Array.from({ length: BLOCKS }, (_, block) =>
    perStage.reduce((sum, blocks) => sum + blocks[block]!, 0),
  );
  const stages = drawn.stages.map((stage, index): StageFigures => ({
    ...stage,
    variant: null,
    variants: [],
    latencyFrames: 0,
    warmUpSeconds: null,
    asynchronous: false,
    calls: BLOCKS,
    wallMs: stage.selfMs,
    createMs: 0.4,
    share: stagesMs > 0 ? stage.selfMs / stagesMs : 0,
    load: stage.selfMs / audioMs,
    speed: audioMs / stage.selfMs,
    block: percentilesOf(perStage[index]!),
    histogram: histogramOf(perStage[index]!),
    ticks: stagesMs > 0 ? Math.round((stage.selfMs / stagesMs) * TICKS) : 0,
  }));
  const lines = drawn.lines.map((line): LineFigures => {
    const share = line.selfMs / stagesMs;
    return {
      ...line,
      share,
      error: 1.96 * Math.sqrt((share * (1 - share)) / TICKS) + 0.0005,
      load: line.selfMs / audioMs,
      ticks: Math.round(share * TICKS),
      folded: [],
    };
  });
  const block = percentilesOf(whole);
  return {
    ...circumstances(wallMs, stagesMs),
    totals: {
      wallMs,
      stagesMs,
      load: wallMs / audioMs,
      speed: audioMs / wallMs,
      deadline: {
        budgetMs,
        blocks: BLOCKS,
        overruns: whole.filter((ms) => ms > budgetMs).length,
        averageLoad: stagesMs / audioMs,
        peakLoad: block.max / budgetMs,
        block,
        histogram: histogramOf(whole),
      },
    },
    stages,
    lines,
    callTree: drawn.callTree,
    ...drawing.with,
  };
}

export const exampleRun: Run = drawRun();

function circumstances(
  wallMs: number,
  stagesMs: number,
): Omit<Run, "totals" | "stages" | "lines" | "callTree"> {
  return {
    format: RUN_FORMAT,
    version: RUN_VERSION,
    id: "2026-11-21T14-32-07.250Z-3f9c2a1b",
    time: "2026-11-21T14:32:07.250Z",
    state: "complete",
    waveflame: "0.1.0",
    machine: {
      platform: "linux 6.8",
      architecture: "x64",
      cpu: "Intel Core i7-1165G7",
      frequencyGHz: 2.8,
      physicalCores: 4,
      logicalCores: 8,
      memoryGB: 15.4,
      disk: "SSD",
      gpus: [{ name: "Iris Xe", memoryMB: "unknown" }],
      simd: ["sse", "sse2", "sse3", "sse4_1", "sse4_2", "avx", "avx2", "fma"],
    },
    runtime: { source: "path", node: "24.21.0", v8: "13.6.233.17" },
    audio: {
      path: "recordings/evening-mix.wav",
      frames: 6_912_000,
      sampleRate: 48_000,
      channels: 2,
      sha256: "3f9c2a1b".padEnd(64, "0"),
      durationSeconds: DURATION_SECONDS,
      encoding: "WAV, 24-bit PCM",
      decodeMs: 131,
    },
    pipeline: {
      name: "Voice master",
      file: "voice-master.pipeline.ts",
      blockFrames: 512,
      segmentSeconds: 10,
      parameters: { "compressor.ratio": 3.14159265, "compressor.kneeDb": 2, "limiter.ceiling": -1 },
      changed: ["compressor.ratio"],
      files: ["voice-master.pipeline.ts", "src/biquad.ts", "src/limiter.ts"].map((file, index) => ({
        file,
        sha256: String(index).repeat(64),
      })),
    },
    workers: {
      used: 4,
      asked: null,
      byRule: 6,
      reason: "4 workers, because the setting waveflame.workers says so.",
    },
    memory: { peakMB: 143, highWaterMB: 1024, criticalMB: 1536, readAheadFrames: 9_600_000, events: [] },
    passes: [
      pass("timed", wallMs, 4, 81_000),
      pass("alone", stagesMs + 870, 1, 81_000),
      { ...pass("sampled", 2890, 4, 1690), samplingIntervalUs: 200, sampled: true, ticks: TICKS },
    ],
    results: [
      { stage: "loudness", name: "loudness", time: 144, value: -16.2 },
      { stage: "limiter", name: "peak", time: 91.84, value: -1.02 },
    ],
    ...NOT_LOOKED_AT,
    variants: [],
    findings: [
      {
        kind: "overrun",
        severity: "warning",
        text: "168 of 13,500 blocks took longer than the 10.7 ms they last. Most of that time was spent in the equaliser.",
        where: { stage: "equaliser", file: "voice-master.pipeline.ts", line: 16, time: 57.5 },
      },
      {
        kind: "workspace-read-only",
        severity: "information",
        text: "The workspace folder can't be written (EROFS), so this run is kept in Waveflame's own storage: allow writing to .waveflame to keep runs there.",
        where: null,
      },
    ],
  };
}

function pass(kind: Pass["kind"], wallMs: number, workers: number, spans: number): Pass {
  return {
    kind,
    startedMs: null,
    wallMs,
    workers,
    frames: 6_912_000,
    repeats: 1,
    sampled: false,
    samplingIntervalUs: null,
    ticks: 0,
    spans,
    overhead: { nsPerSpan: 55, spansMs: (spans * 55) / 1e6, share: (spans * 55) / 1e6 / wallMs },
  };
}
