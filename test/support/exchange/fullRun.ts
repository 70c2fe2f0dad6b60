import type { PassKind, Run } from "../../../src/core/run/run.ts";
import { drawRun } from "../exampleRun.ts";

/** The example with everything that a trace shows: two workers, their jobs and pauses, the machine, slow blocks, files. */
const drawn: Run = drawRun({
  with: {
    pool: {
      workers: [0, 1].map(() => ({
        startUpMs: 40,
        busyMs: 5000,
        collectingMs: 20,
        transferringMs: 30,
        waitingMs: 100,
        queuedMs: 12,
        jobs: 2,
      })),
      timeline: {
        worker: [0, 1, 0],
        fromStage: [0, 0, 1],
        toStage: [1, 1, 3],
        segment: [0, 1, 0],
        sentMs: [0, 0, 20],
        beganMs: [1, 1.5, 21],
        endedMs: [19, 30, 90.25],
        receivedMs: [20, 31, 91],
      },
      jobsLeftOut: 0,
    },
    collections: {
      pauses: [
        { kind: "minor", atMs: 12, ms: 1.5, worker: 1, stage: "limiter", block: 7, time: 0.1 },
        { kind: "major", atMs: 88, ms: 5, worker: 0, stage: null, block: null, time: null },
      ],
      totals: [],
    },
    series: {
      everyMs: 100,
      atMs: [100, 200],
      cpu: [1.5, 2],
      memoryMB: [90, 120],
      readMB: [3, 0],
      writtenMB: "unknown",
    },
    slowBlocks: {
      thresholdMs: 9,
      usualMs: 1.5,
      count: 43,
      byCause: [{ cause: "denormals", count: 43 }],
      episodes: [
        {
          cause: "denormals",
          evidence: "With faint noise added they took 1.5 ms.",
          firstBlock: 5390,
          blocks: 43,
          time: 57.5,
          atMs: 700,
          lastedMs: 460,
          frames: 22_016,
          longestMs: 10.9,
          excessMs: 400,
          stage: "equaliser",
        },
      ],
    },
    stageMemory: {
      stages: [],
      functions: [
        { name: "process", file: "src/limiter.ts", line: 20, stage: "limiter", bytes: 4096, heldBytes: 512 },
        { name: "", file: "", line: 0, stage: null, bytes: 1024, heldBytes: 0 },
      ],
      growth: null,
    },
    io: {
      files: [
        {
          path: 'out/levels, left "raw".csv',
          stage: "loudness",
          mode: "w",
          opened: 1,
          calls: 12,
          bytesRead: 0,
          bytesWritten: 2048,
          ms: 3.5,
        },
      ],
      filesLeftOut: 0,
      network: [{ host: "localhost:80", stage: "loudness", calls: 2, failed: 0, ms: 9 }],
      waitShare: "unknown",
    },
  },
});

const STARTED_MS: Partial<Record<PassKind, number>> = { timed: 450, alone: 40_000, sampled: 70_000 };

/** It also says when its passes started. */
export const fullRun: Run = {
  ...drawn,
  passes: drawn.passes.map((pass) => ({ ...pass, startedMs: STARTED_MS[pass.kind] ?? null })),
};
