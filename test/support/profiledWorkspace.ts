import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ProfileFailure,
  startProfile,
  type PipelineOutput,
  type RunningProfile,
} from "../../src/client/process/engineClient.ts";
import type { Machine, Run } from "../../src/core/run/run.ts";
import type { MeasureSettings } from "../../src/protocol/measureSettings.ts";
import type { ProfileRequest, Progress } from "../../src/protocol/engine.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { wavFile } from "./wavFile.ts";

/** Texts and bytes by their paths in the workspace. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export type Change = Partial<ProfileRequest>;

export interface StartedProfile extends RunningProfile {
  readonly output: readonly PipelineOutput[];
  /** Fulfilled when the engine first tells that this holds. */
  reached(holds: (progress: Progress) => boolean): Promise<void>;
}

/** A workspace of its own for each test, profiled by the real engine in a real child process. */
export interface ProfiledWorkspace {
  readonly path: string;
  write(files: Files): void;
  /** Profiles `recording.wav` by the first file whose name holds `.pipeline.`; half a second of silence where none is given. */
  start(files: Files, change?: Change, begin?: typeof startProfile): StartedProfile;
  /** The run; nothing may be left behind. */
  profile(files: Files, change?: Change): Promise<Run>;
  /** Why there is no run; nothing may be left behind. */
  failure(files: Files, change?: Change): Promise<ProfileFailure>;
  /** Fails where the child lives or left files. */
  assertNothingLeft(): void;
}

const ENGINE = fileURLToPath(new URL("../../dist/engine/engine.js", import.meta.url));
const MB = 2 ** 20;

/** Given, so that no test waits for the real facts. */
const MACHINE: Machine = {
  platform: "test",
  architecture: "test",
  cpu: "unknown",
  frequencyGHz: "unknown",
  physicalCores: 4,
  logicalCores: 4,
  memoryGB: 8,
  disk: "unknown",
  gpus: "unknown",
  simd: "unknown",
};

/** No pass besides those that every run has; a test turns on what it is about. */
export const MEASURE_LITTLE: MeasureSettings = {
  sampling: true,
  intervalMs: 0.1,
  clock: "cpu",
  memory: false,
  memoryIntervalMs: 100,
  childProcesses: false,
  collections: false,
  io: false,
  counts: false,
  causes: false,
  silentTailSeconds: 0,
  blockSizes: [],
  repeats: 0,
  heapAfter: null,
};

const RECORDING = "recording.wav";
const TELL_PID = "tell pid.cjs";
const PIDS = "pids.txt";
const TEMPORARY = "temporary";

export function profiledWorkspace(): ProfiledWorkspace {
  const folder = temporaryFolder();
  const inFolder = (...parts: string[]): string => join(folder.path, ...parts);
  const inWorkspace = (path: string): string => inFolder("workspace", path);

  const write = (files: Files): void => {
    for (const [path, contents] of Object.entries(files)) {
      mkdirSync(dirname(inWorkspace(path)), { recursive: true });
      writeFileSync(inWorkspace(path), contents);
    }
  };

  const start = (files: Files, change: Change = {}, begin = startProfile): StartedProfile => {
    write({ ...(existsSync(inWorkspace(RECORDING)) ? {} : { [RECORDING]: wavFile() }), ...files });
    mkdirSync(inFolder(TEMPORARY), { recursive: true });
    // Loaded by the child and by those of its lanes before anything else: each says which process it is.
    writeFileSync(
      inFolder(TELL_PID),
      `require("node:fs").appendFileSync(${JSON.stringify(inFolder(PIDS))}, process.pid + "\\n");`,
    );
    const output: PipelineOutput[] = [];
    const waiting: { holds: (progress: Progress) => boolean; tell: () => void }[] = [];
    const temporary = inFolder(TEMPORARY);
    const running = begin(requestFor(files, change), {
      enginePath: ENGINE,
      runtime: {
        execPath: process.execPath,
        source: "path",
        version: process.versions.node,
        env: { TMPDIR: temporary, TEMP: temporary, TMP: temporary },
        execArgv: [
          "--experimental-wasm-modules",
          "--disable-warning=ExperimentalWarning",
          "--require",
          inFolder(TELL_PID),
        ],
      },
      memoryLimit: change.memoryLimit ?? 2048 * MB,
      temporaryFolder: temporary,
      onProgress: (progress) => {
        for (const { holds, tell } of waiting) if (holds(progress)) tell();
      },
      onOutput: (printed) => output.push(printed),
    });
    const reached = (holds: (progress: Progress) => boolean): Promise<void> =>
      new Promise((tell) => {
        waiting.push({ holds, tell });
      });
    return { ...running, output, reached };
  };

  const requestFor = (files: Files, change: Change): ProfileRequest => ({
    audio: inWorkspace(RECORDING),
    pipeline: inWorkspace(Object.keys(files).find((path) => path.includes(".pipeline.")) ?? ""),
    workspace: inFolder("workspace"),
    workers: 1,
    segmentSeconds: 10,
    blockFrames: null,
    stallSeconds: 30,
    samplingBudgetMs: 20,
    measure: MEASURE_LITTLE,
    memoryLimit: 2048 * MB,
    memoryMarks: { highWater: 1024 * MB, critical: 1536 * MB },
    parameters: {},
    ownParameters: [],
    pipelineSettings: {},
    runtimeSource: "path",
    waveflame: "0.0.0",
    machine: MACHINE,
    jobs: 1,
    discardsFiles: false,
    ...change,
  });

  const assertNothingLeft = (): void => {
    const pids = readFileSync(inFolder(PIDS), "utf8").trim().split("\n").map(Number);
    assert.deepEqual(pids.filter(isAlive), [], "Child processes still live.");
    assert.deepEqual(readdirSync(inFolder(TEMPORARY)), [], "Temporary files were left.");
  };

  return {
    get path() {
      return inFolder("workspace");
    },
    write,
    start,
    async profile(files, change) {
      const { run } = await start(files, change).outcome;
      assertNothingLeft();
      return run;
    },
    async failure(files, change) {
      const failure = await failureOf(start(files, change));
      assertNothingLeft();
      return failure;
    },
    assertNothingLeft,
  };
}

export async function failureOf({ outcome }: RunningProfile): Promise<ProfileFailure> {
  try {
    await outcome;
  } catch (error) {
    assert.ok(error instanceof ProfileFailure, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: "The profile was expected to fail." });
}

function isAlive(pid: number): boolean {
  assert.ok(pid > 1);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The line, from 1, that holds the marker. */
export function lineOf(text: string, marker: string): number {
  const line = text.split("\n").findIndex((one) => one.includes(marker)) + 1;
  assert.ok(line > 0, `No line holds ${marker}.`);
  return line;
}

/** What a stage emitted under a name, in order of time. */
export const emitted = (run: Run, name: string): unknown[] =>
  run.results.filter((result) => result.name === name).map(({ value }) => value);
