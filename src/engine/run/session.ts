import { existsSync } from "node:fs";
import { mkdir, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { runPath } from "../../core/names/paths.ts";
import type { Machine } from "../../core/run/run.ts";
import type { Bytes, Milliseconds } from "../../core/units.ts";
import { DEOPT_FOLDER } from "../../protocol/deoptLogs.ts";
import type { ProfileRequest, Progress } from "../../protocol/engine.ts";
import type { AudioSource } from "../audio/audioSource.ts";
import { decodingProgress } from "../audio/decodingProgress.ts";
import { openRecording } from "../audio/openRecording.ts";
import { machineFacts } from "../machine/machine.ts";
import { collectGarbage } from "../memory/collect.ts";
import { MemoryWatch } from "../memory/memoryWatch.ts";
import { ReadAhead } from "../memory/readAhead.ts";
import { Monitor } from "../monitor/monitor.ts";
import { FINDS_CHILDREN, usageReader } from "../monitor/usageReader.ts";
import { SourceService } from "../modules/sourceService.ts";
import { SourceTable } from "../modules/sourceTable.ts";
import { workersByRule } from "../plan/workers.ts";
import type { Lane, LaneSettings } from "../pool/lane.ts";
import { LanePool } from "../pool/lanePool.ts";
import { Watch } from "../pool/watch.ts";
import { clockOffset } from "../worker/measuring/clock.ts";
import type { LaneHostMethods, LaneNote, LoadedPipeline } from "../worker/lane/laneProtocol.ts";
import type { EngineFiles } from "./engineFiles.ts";
import { failureOf, type FailureNames } from "./failures.ts";
import { isolationOf, loadPipeline } from "./loadPipeline.ts";
import { cancelledFailure } from "./outcome.ts";
import { stallFailure } from "./stall.ts";
import { tooMuchMemory } from "./tooMuchMemory.ts";

/** Whom a session tells what. */
export interface SessionListener {
  progress(this: void, progress: Progress): void;
  /** Ten times a second: what this process and those of its lanes hold. */
  memory(this: void, held: Bytes): void;
}

/** A recording and a pipeline, opened: what profiling them and listening to them share. */
export interface Opened {
  readonly source: AudioSource;
  readonly machine: Machine;
  readonly pipeline: LoadedPipeline;
  /** Why the pipeline runs in a process though its author didn't ask for one; null where it doesn't. */
  readonly movedBecause: string | null;
  readonly pool: LanePool;
  readonly watch: Watch;
  readonly memory: MemoryWatch;
  readonly monitor: Monitor;
  readonly names: FailureNames;
  /** Another lane, with the pipeline loaded. @param change of its settings */
  openLane(this: void, keepsLines?: boolean, change?: Partial<LaneSettings>): Promise<LoadedLane>;
}

export interface LoadedLane {
  readonly lane: Lane;
  readonly pipeline: LoadedPipeline;
}

export interface SessionOptions {
  /** How many lanes it opens, at most, besides the first; by the workers asked for where it isn't given. */
  readonly moreLanes?: number;
  /** The recording as rendered so far, for file stages. */
  readonly rendered: LaneHostMethods["rendered"];
  /** Work that would disturb measuring: nothing of the pipeline runs yet. @throws the signal's reason */
  beforeLoading?(this: void, signal: AbortSignal): Promise<void>;
}

/** How long lanes get to end their block. */
const CANCEL_GRACE_MS = 150;
/** A thread can't be ended while it waits in a call of the system that never returns: then it ends with the engine. */
const CLOSING_MS = 2000;

/** Everything that a job needs open, from a request to the end, whatever comes between. */
export class Session {
  readonly request: ProfileRequest;
  readonly files: EngineFiles;
  readonly table = new SourceTable();
  readonly notes: LaneNote[] = [];
  readonly readAhead = new ReadAhead();
  /** When the run began, on the machine's clock and on this process's, which doesn't jump. */
  readonly began = new Date();
  readonly beganAt = performance.now();
  readonly #listener: SessionListener;
  /** Processes that stages started, where lanes tell of them. */
  readonly #children = new Set<number>();
  readonly #cancelling = new AbortController();
  #pool: LanePool | undefined;
  #pipeline: LoadedPipeline | undefined;
  #isOverLimit = false;

  constructor(request: ProfileRequest, files: EngineFiles, listener: SessionListener) {
    this.request = request;
    this.files = files;
    this.#listener = listener;
  }

  /** In the work folder, which whoever started the engine removes. */
  get discardFolder(): string {
    return join(this.files.work, "discarded");
  }

  get isCancelled(): boolean {
    return this.#cancelling.signal.aborted;
  }

  cancel(): void {
    this.#cancelling.abort(cancelledFailure());
    this.#pool?.cancel();
    // A lane that doesn't answer is left behind: what was measured until then is kept.
    setTimeout(() => this.#pool?.fail(cancelledFailure()), CANCEL_GRACE_MS).unref();
  }

  /** Opens all, works, and closes all on every way out. @throws Failure */
  async run<T>(options: SessionOptions, work: (opened: Opened) => Promise<T>): Promise<T> {
    const { signal } = this.#cancelling;
    const names = await this.#names();
    const source = await openRecording(this.request.audio, {
      workFolder: this.files.work,
      signal,
      onProgress: decodingProgress(this.#listener.progress),
    });
    const memory = this.#watchMemory();
    const monitor = this.#startMonitor(memory, names);
    let watch: Watch | undefined;
    try {
      signal.throwIfAborted();
      const machine = this.request.machine ?? (await machineFacts(signal));
      await options.beforeLoading?.(signal);
      const service = new SourceService(this.table);
      const isolation = await isolationOf(service, await this.#pipelineUrl());
      // From here on the pool ends what a cancel comes upon.
      signal.throwIfAborted();
      // Besides those of the timed pass one for the sampler, and one that counts.
      const moreLanes = options.moreLanes ?? this.request.workers ?? workersByRule(machine.logicalCores);
      const pool = new LanePool(
        {
          filename: this.files.worker,
          maxLanes: 2 + moreLanes,
          heapLimitMB: Math.max(64, this.request.memoryLimit / 2 ** 20),
          service,
          host: {
            rendered: options.rendered,
            note: (note) => {
              this.notes.push(note);
            },
            child: ({ pid, lives }) => {
              if (lives) this.#children.add(pid);
              else this.#children.delete(pid);
            },
          },
        },
        isolation,
      );
      this.#pool = pool;
      watch = this.#watchLanes(pool, source, names);
      const open = (keepsLines?: boolean, change?: Partial<LaneSettings>): Promise<Lane> =>
        this.#openLane(pool, source, keepsLines, change);
      const { pipeline, movedBecause } = await loadPipeline(pool, isolation, () => open());
      this.#pipeline = pipeline;
      const openLane = async (keepsLines?: boolean, change?: Partial<LaneSettings>): Promise<LoadedLane> => {
        const lane = await open(keepsLines, change);
        return { lane, pipeline: await lane.channel.call("load", null) };
      };
      return await work({
        source,
        machine,
        pipeline,
        movedBecause,
        pool,
        watch,
        memory,
        monitor,
        names,
        openLane,
      });
    } catch (error) {
      throw failureOf(error, this.table, names);
    } finally {
      watch?.stop();
      monitor.stop();
      try {
        await atMost(CLOSING_MS, this.#pool?.destroy());
      } finally {
        await source.close();
      }
    }
  }

  #watchMemory(): MemoryWatch {
    return new MemoryWatch({
      ...this.request.memoryMarks,
      beganAt: this.beganAt,
      readAhead: this.readAhead,
      cleanUp: () => {
        this.#pool?.cleanUp();
        collectGarbage();
      },
    });
  }

  #startMonitor(memory: MemoryWatch, names: FailureNames): Monitor {
    const { measure } = this.request;
    const monitor = new Monitor({
      beganAt: this.beganAt,
      usage: usageReader({
        lanes: () => this.#pool?.processes ?? [],
        // What the engine itself starts before is no pipeline's.
        countsChildren: () => measure.memory && measure.childProcesses && this.#pool !== undefined,
        started: () => [...this.#children],
      }),
      seriesEveryMs: measure.memory ? measure.memoryIntervalMs : null,
      onLook: ({ resident, children }) => {
        this.#listener.memory(resident);
        memory.look(resident, children);
        if (resident > this.request.memoryLimit) this.#endLanes(names);
      },
    });
    monitor.start();
    return monitor;
  }

  /** Before whoever started the engine ends it: so what was measured is kept. */
  #endLanes(names: FailureNames): void {
    const pool = this.#pool;
    if (!pool || this.#isOverLimit) return;
    this.#isOverLimit = true;
    pool.fail(tooMuchMemory(pool.lanes, names, this.request.memoryLimit));
    void pool.destroy();
  }

  #watchLanes(pool: LanePool, source: AudioSource, names: FailureNames): Watch {
    const { stallSeconds } = this.request;
    return new Watch({
      lanes: () => pool.lanes,
      stallMs: stallSeconds * 1000,
      totalSeconds: source.frames / source.sampleRate,
      stageNames: () => this.#pipeline?.stages.map(({ name }) => name) ?? [],
      onProgress: this.#listener.progress,
      onStall: (lane) => {
        void stallFailure(lane, pool, this.table, names, stallSeconds).then((failure) => {
          pool.fail(failure);
        });
      },
    });
  }

  async #pipelineUrl(): Promise<string> {
    return pathToFileURL(await realpathOr(this.request.pipeline)).href;
  }

  async #openLane(
    pool: LanePool,
    source: AudioSource,
    keepsLines?: boolean,
    change?: Partial<LaneSettings>,
  ): Promise<Lane> {
    const { request, files } = this;
    const { memory, collections, causes } = request.measure;
    const { discardFolder } = this;
    await mkdir(discardFolder, { recursive: true, mode: 0o700 });
    const settings: LaneSettings = {
      quiet: pool.lanes.length > 0,
      libraryUrl: pathToFileURL(files.library).href,
      pipelineUrl: await this.#pipelineUrl(),
      // Of the lane for the sampler nobody asks.
      watchesIo: request.measure.io && keepsLines !== true,
      tellsChildren: !FINDS_CHILDREN && request.measure.memory && request.measure.childProcesses,
      ownUrl: pathToFileURL(files.worker).href,
      file: request.audio,
      // An excerpt isn't what the pipeline writes.
      outputFolder: request.discardsFiles ? discardFolder : null,
      discardFolder,
      source: { sampleRate: source.sampleRate, channelCount: source.channelCount },
      durationSeconds: source.frames / source.sampleRate,
      segmentSeconds: request.segmentSeconds,
      blockFrames: request.blockFrames,
      parameters: { ...request.pipelineSettings, ...request.parameters },
      openedAt: performance.now() + clockOffset(),
      watches: { memory, collections, causes, deoptLogs: deoptLogsIn(files.work) },
      counts: false,
      ...change,
    };
    return pool.open(settings, keepsLines);
  }

  /** Modules are known by their real paths; the workspace may have been opened through a link. */
  async #names(): Promise<FailureNames> {
    const { workspace, audio, pipeline } = this.request;
    const real = workspace === null ? null : await realpathOr(workspace);
    const pathInRun = (path: string): string => {
      const inside = runPath(path, workspace);
      return workspace !== null && inside === runPath(path, null) ? runPath(path, real) : inside;
    };
    const stageName = (index: number): string | undefined => this.#pipeline?.stages[index]?.name;
    return { audio: basename(audio), pipeline: pathInRun(pipeline), stageName, pathInRun };
  }
}

/** Null where V8 wasn't asked to log. */
function deoptLogsIn(work: string): string | null {
  const folder = join(work, DEOPT_FOLDER);
  return existsSync(folder) ? folder : null;
}

/** Settled with the work, or when the time is over. */
async function atMost(wait: Milliseconds, work: Promise<void> | undefined): Promise<void> {
  const over = new AbortController();
  const waiting = pause(wait, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    await Promise.race([work, waiting]);
  } finally {
    over.abort();
  }
}

const realpathOr = (path: string): Promise<string> => realpath(path).catch(() => path);
