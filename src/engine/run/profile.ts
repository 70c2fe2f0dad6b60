import { realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatPosition, formatSeconds } from "../../core/format.ts";
import { runPath } from "../../core/paths.ts";
import type { Machine } from "../../core/run.ts";
import type { Bytes } from "../../core/units.ts";
import type { ProfileOutcome, ProfileRequest, Progress } from "../../protocol/engine.ts";
import type { AudioSource } from "../audio/audioSource.ts";
import { decodingProgress } from "../audio/decodingProgress.ts";
import { openRecording } from "../audio/openRecording.ts";
import { sha256OfFile } from "../audio/sha256OfFile.ts";
import { Failure } from "../failure.ts";
import { machineFacts } from "../machine/machine.ts";
import { collectGarbage } from "../memory/collect.ts";
import { MemoryWatch } from "../memory/memoryWatch.ts";
import { ReadAhead } from "../memory/readAhead.ts";
import { SourceService } from "../modules/sourceService.ts";
import { SourceTable } from "../modules/sourceTable.ts";
import type { Lane, LaneSettings } from "../pool/lane.ts";
import { LanePool } from "../pool/lanePool.ts";
import { RenderedAudio } from "../pool/renderedAudio.ts";
import { Watch } from "../pool/watch.ts";
import { Board } from "../worker/board.ts";
import type { LaneNote, LoadedPipeline } from "../worker/laneProtocol.ts";
import { workersByRule } from "../plan/workers.ts";
import { failureOf, type FailureNames } from "./failures.ts";
import { isolationOf, loadPipeline } from "./loadPipeline.ts";
import { measure } from "./measure.ts";
import { cancelledFailure, outcomeOf } from "./outcome.ts";

/** Where the engine's own files are. */
export interface EngineFiles {
  readonly worker: string;
  readonly library: string;
  /** For what a run keeps on disk; made when needed, removed by whoever started the engine. */
  readonly work: string;
}

/** How long lanes get to end their block. */
const CANCEL_GRACE_MS = 150;

/** How long a stuck worker gets to say where it is. */
const ASK_STUCK_MS = 400;

/** One run, from a request to its outcome. */
export class ProfileJob {
  readonly #request: ProfileRequest;
  readonly #files: EngineFiles;
  readonly #onProgress: (progress: Progress) => void;
  readonly #onMemory: (held: Bytes) => void;
  readonly #table = new SourceTable();
  #pool: LanePool | undefined;
  #pipeline: LoadedPipeline | undefined;
  readonly #decoding = new AbortController();
  #cancelled = false;

  /** @param onMemory told ten times a second what this process and those of its lanes hold */
  constructor(
    request: ProfileRequest,
    files: EngineFiles,
    onProgress: (progress: Progress) => void,
    onMemory: (held: Bytes) => void,
  ) {
    this.#request = request;
    this.#files = files;
    this.#onProgress = onProgress;
    this.#onMemory = onMemory;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#decoding.abort(cancelledFailure());
    this.#pool?.cancel();
    // A lane that doesn't answer is left behind: what was measured until then is kept.
    setTimeout(() => this.#pool?.fail(cancelledFailure()), CANCEL_GRACE_MS).unref();
  }

  /** @throws Failure */
  async run(): Promise<ProfileOutcome> {
    const began = new Date();
    const source = await openRecording(this.#request.audio, {
      workFolder: this.#files.work,
      signal: this.#decoding.signal,
      onProgress: decodingProgress(this.#onProgress),
    });
    let rendered: RenderedAudio | undefined;
    let watch: Watch | undefined;
    const readAhead = new ReadAhead();
    const memory = new MemoryWatch({
      ...this.#request.memoryMarks,
      readAhead,
      resident: () => process.memoryUsage.rss() + (this.#pool?.resident ?? 0),
      onLook: this.#onMemory,
      cleanUp: () => {
        this.#pool?.cleanUp();
        collectGarbage();
      },
    });
    memory.start();
    const names = await this.#names();
    const notes: LaneNote[] = [];
    try {
      // Facts and hash while nothing is measured yet.
      const [machine, sha256] = await Promise.all([this.#machine(), sha256OfFile(this.#request.audio)]);
      const service = new SourceService(this.#table);
      const isolation = await isolationOf(service, await this.#pipelineUrl());
      const pool = new LanePool(
        {
          filename: this.#files.worker,
          // One more for the sampled pass.
          maxLanes: 1 + (this.#request.workers ?? workersByRule(machine.logicalCores)),
          heapLimitMB: Math.max(64, this.#request.memoryLimit / 2 ** 20),
          service,
          host: {
            rendered: (piece: number) => rendered?.read(piece) ?? Promise.resolve(null),
            note: (note) => {
              notes.push(note);
            },
          },
        },
        isolation,
      );
      this.#pool = pool;
      watch = new Watch({
        lanes: () => pool.lanes,
        stallMs: this.#request.stallSeconds * 1000,
        totalSeconds: source.frames / source.sampleRate,
        stageNames: () => this.#pipeline?.stages.map(({ name }) => name) ?? [],
        onProgress: this.#onProgress,
        onStall: (lane) => {
          void this.#stalled(lane, pool, names);
        },
      });
      const openLane = (keepsLines?: boolean): Promise<Lane> => this.#openLane(pool, source, keepsLines);
      const { pipeline, movedBecause } = await loadPipeline(pool, isolation, openLane);
      this.#pipeline = pipeline;
      if (pipeline.stages.some(({ scope }) => scope === "file"))
        rendered = await RenderedAudio.create(this.#files.work);
      const measured = await measure({
        request: this.#request,
        source,
        pipeline,
        pool,
        watch,
        rendered: rendered ?? null,
        readAhead,
        logicalCores: machine.logicalCores,
        openLane: async (keepsLines) => {
          const lane = await openLane(keepsLines);
          await lane.channel.call("load", null);
          return lane;
        },
        isCancelled: () => this.#cancelled,
      });
      watch.enter("finishing");
      return outcomeOf({
        request: this.#request,
        source,
        sha256,
        machine,
        pipeline,
        table: this.#table,
        measured,
        notes,
        movedBecause,
        memory: memory.facts,
        cancelled: this.#cancelled,
        began,
        ownFolderUrl: pathToFileURL(join(this.#files.library, "..", "..")).href,
        pathInRun: names.pathInRun,
      });
    } catch (error) {
      throw failureOf(error, this.#table, names);
    } finally {
      watch?.stop();
      memory.stop();
      await source.close();
      await this.#pool?.destroy();
      await rendered?.close();
    }
  }

  async #pipelineUrl(): Promise<string> {
    return pathToFileURL(await realpathOr(this.#request.pipeline)).href;
  }

  async #openLane(pool: LanePool, source: AudioSource, keepsLines?: boolean): Promise<Lane> {
    const settings: LaneSettings = {
      quiet: pool.lanes.length > 0,
      libraryUrl: pathToFileURL(this.#files.library).href,
      pipelineUrl: await this.#pipelineUrl(),
      ownUrl: pathToFileURL(this.#files.worker).href,
      file: this.#request.audio,
      source: { sampleRate: source.sampleRate, channelCount: source.channelCount },
      durationSeconds: source.frames / source.sampleRate,
      segmentSeconds: this.#request.segmentSeconds,
      blockFrames: this.#request.blockFrames,
      parameters: { ...this.#request.pipelineSettings, ...this.#request.parameters },
    };
    return pool.open(settings, keepsLines);
  }

  #machine(): Promise<Machine> {
    return this.#request.machine ? Promise.resolve(this.#request.machine) : machineFacts();
  }

  /** Modules are known by their real paths; the workspace may have been opened through a link. */
  async #names(): Promise<FailureNames> {
    const { workspace, audio, pipeline } = this.#request;
    const real = workspace === null ? null : await realpathOr(workspace);
    const pathInRun = (path: string): string => {
      const inside = runPath(path, workspace);
      return workspace !== null && inside === runPath(path, null) ? runPath(path, real) : inside;
    };
    const stageName = (index: number): string | undefined => this.#pipeline?.stages[index]?.name;
    return { audio: basename(audio), pipeline: pathInRun(pipeline), stageName, pathInRun };
  }

  async #stalled(lane: Lane, pool: LanePool, names: FailureNames): Promise<void> {
    const stage = this.#pipeline?.stages[Atomics.load(lane.board, Board.stage)]?.name;
    const time = Atomics.load(lane.board, Board.position) / 1000;
    const waits = Atomics.load(lane.board, Board.waiting) === 1;
    const frames = waits ? [] : (await pool.whereTheyAre(ASK_STUCK_MS)).flat();
    const place = frames.map(({ line }) => this.#table.place(line)).find((found) => found !== undefined);
    const at = place ? ` (${names.pathInRun(place.path)}:${place.line})` : "";
    const long = formatSeconds(this.#request.stallSeconds);
    const what = waits ? "waits for a promise that hasn't settled" : "has been busy";
    const sentence = stage
      ? `Stage "${stage}" ${what} for ${long} at ${formatPosition(time)} of ${names.audio}${at}. Mend it, or raise waveflame.stallSeconds if it needs so long.`
      : `${names.pipeline} ${waits ? what : "hasn't finished loading"} for ${long}${at}. Mend it, or raise waveflame.stallSeconds if it needs so long.`;
    pool.fail(
      new Failure("stall", sentence, {
        ...(stage ? { stage, time } : {}),
        ...(place ? { file: names.pathInRun(place.path), line: place.line } : {}),
      }),
    );
  }
}

const realpathOr = (path: string): Promise<string> => realpath(path).catch(() => path);

/** Beside the engine's bundle. */
export const engineFiles = (folder: string, work: string): EngineFiles => ({
  work,
  worker: join(folder, "laneTask.js"),
  library: join(folder, "..", "library", "waveflame.mjs"),
});
