import type { Block } from "../../../library/pipeline.ts";
import type { Channel } from "../../../protocol/channel.ts";
import type { Fallback } from "../../../library/fallbacks.ts";
import { collectGarbage } from "../../memory/collect.ts";
import { blocksOf } from "../stages/blocks.ts";
import { Board } from "./board.ts";
import { now } from "../measuring/clock.ts";
import { definedStages, type DefinedStage } from "../stages/definedStages.ts";
import { Emissions } from "../stages/emissions.ts";
import { factoryLine } from "../loading/factoryLine.ts";
import { forbidExit } from "./forbidExit.ts";
import { muteOutput } from "./output.ts";
import type {
  FileStageJob,
  Job,
  JobResult,
  LaneHostMethods,
  LaneMethods,
  LaneTask,
  LoadedPipeline,
  Sampled,
  SampledJob,
} from "./laneProtocol.ts";
import { refusalOf } from "./laneRefusal.ts";
import { importPipeline } from "../loading/pipelineModule.ts";
import { sampleRepeatedly } from "../measuring/sampledPass.ts";
import { Sampler } from "../measuring/sampler.ts";
import { readSource } from "../loading/sourcePort.ts";
import { spanCost } from "../measuring/spanCost.ts";
import { StageRunner } from "../stages/stageRunner.ts";
import { NeedsOneLane } from "./needsOneLane.ts";
import { ticksOf } from "../../sampling/tickTreeBuilder.ts";
import { writtenFor, type WorkletHost } from "../../worklet/workletStages.ts";

/** What a lane asks of the library that ships. */
interface LoadedLibrary {
  takenFallbacks(this: void): readonly Fallback[];
  releaseIdleMemory(this: void): void;
}

/** While it is timed a pass is sampled at this interval or not at all (design, Rules of measuring). */
const TIMED_INTERVAL_US = 1000;

/** One worker's side of a run. */
export class LaneServer {
  readonly #task: LaneTask;
  readonly #emissions = new Emissions();
  #host: Channel<LaneHostMethods> | undefined;
  #sampler: Sampler | undefined;
  #stages: readonly DefinedStage[] = [];
  #blockFrames = 0;
  /** The pipeline's own instance. */
  #library: LoadedLibrary | undefined;
  #runner: StageRunner | undefined;
  /** The only one in the timed pass: it then knows all that earlier stages emitted. */
  #alone = true;
  #mode: Job["mode"] = "timed";
  #sampledSince = 0;

  constructor(task: LaneTask) {
    this.#task = task;
  }

  talkTo(host: Channel<LaneHostMethods>): void {
    this.#host = host;
  }

  methods(): LaneMethods {
    const guarded =
      <P, A>(work: (params: P) => A | Promise<A>) =>
      async (params: P): Promise<A> => {
        try {
          return await work(params);
        } catch (error) {
          throw refusalOf(error);
        }
      };
    return {
      load: guarded(() => this.#load()),
      run: guarded((job: Job) => this.#run(job)),
      runFileStage: guarded((job: FileStageJob) => this.#runFileStage(job)),
      reset: () => {
        this.#runner?.reset();
      },
      cleanUp: () => {
        this.#library?.releaseIdleMemory();
        collectGarbage();
      },
      sample: guarded((job: SampledJob) => this.#sample(job)),
      takeSamples: guarded(() => this.#takeSamples()),
      fallbacks: () => Promise.resolve(this.#library?.takenFallbacks() ?? []),
    };
  }

  async #load(): Promise<LoadedPipeline> {
    forbidExit();
    this.#task.board[Board.stage] = -1;
    const pipeline = await importPipeline(this.#task.pipelineUrl, this.#task.parameters, this.#worklets());
    const { libraryUrl, file, source, segmentSeconds, parameters } = this.#task;
    this.#library = (await import(libraryUrl)) as LoadedLibrary;
    this.#blockFrames = this.#task.blockFrames ?? pipeline.blockFrames ?? 4096;
    this.#stages = await definedStages(pipeline, {
      file,
      source: { ...source, blockFrames: this.#blockFrames },
      durationSeconds: this.#task.durationSeconds,
      segmentSeconds,
      parameters,
    });
    this.#runner = this.#newRunner(this.#emissions);
    return {
      name: pipeline.name,
      blockFrames: this.#blockFrames,
      isolation: pipeline.isolation ?? "thread",
      stages: this.#stages.map(({ create, ...stage }) => ({
        ...stage,
        shiftedLine: factoryLine(writtenFor(create)),
      })),
      nsPerSpan: spanCost(),
      node: process.versions.node,
      v8: process.versions.v8,
    };
  }

  #worklets(): WorkletHost {
    return {
      sampleRate: this.#task.source.sampleRate,
      read: (url) => readSource(this.#task, url),
      note: ({ about, ...note }) => this.#host?.tell("note", { ...note, shiftedLine: factoryLine(about) }),
    };
  }

  #newRunner(emissions: Emissions, isScratch = false): StageRunner {
    const { board } = this.#task;
    return new StageRunner(
      this.#stages,
      {
        file: this.#task.file,
        outputFolder: this.#task.outputFolder,
        emissions,
        audio: () => this.#rendered(),
        onResults: ({ index, scope, name }) => {
          const isComplete = this.#alone || isScratch || scope === "file" || this.#mode !== "timed";
          if (!isComplete && index > 0) throw new NeedsOneLane(name);
        },
      },
      board,
      {
        // What an earlier pass remembered would look like speed.
        onReset: () => this.#library?.releaseIdleMemory(),
        onPromise: () => {
          if (!isScratch && this.#mode === "timed") this.#startSampling();
        },
        onBlock: () => {
          if (!isScratch && board[Board.sample] === 1) this.#startSampling();
        },
        onSpan: (stage, start, end, awaited) => this.#sampler?.span(stage, start, end, awaited),
      },
    );
  }

  get #loadedRunner(): StageRunner {
    if (!this.#runner) throw new Error("The pipeline isn't loaded.");
    return this.#runner;
  }

  async #run(job: Job): Promise<JobResult> {
    this.#mode = job.mode;
    this.#alone = job.alone;
    muteOutput(job.mode !== "timed");
    return this.#loadedRunner.run(job);
  }

  async #runFileStage({ stage, emissions, endSeconds }: FileStageJob): Promise<JobResult> {
    this.#mode = "timed";
    this.#emissions.reset(emissions);
    const spans = await this.#loadedRunner.runFileStage(stage, endSeconds);
    return {
      spans: [spans],
      emissions: this.#emissions.takeFresh(),
      audio: null,
      blockMs: new Float64Array(0),
      notNumbers: 0,
    };
  }

  #startSampling(): void {
    this.#sampler ??= new Sampler(this.#task.ownUrl);
    if (this.#sampler.running) return;
    // V8 tells a late profile nothing of code that it put into running loops before: their ticks would have no line. Between
    // blocks nothing but its cache holds such code, so that a collection drops it, and it is made again in the sampler's sight.
    collectGarbage();
    this.#sampledSince = now();
    this.#sampler.start(TIMED_INTERVAL_US);
  }

  #takeSamples(): Sampled | null {
    this.#task.board[Board.sample] = 0;
    if (!this.#sampler?.running) return null;
    const { tree, waits } = this.#sampler.stop();
    const wallMs = now() - this.#sampledSince;
    return { tree, ticks: ticksOf(tree), intervalUs: TIMED_INTERVAL_US, repeats: 1, wallMs, waits };
  }

  async #sample(job: SampledJob): Promise<Sampled> {
    this.#sampler ??= new Sampler(this.#task.ownUrl);
    muteOutput(true);
    const scratch = new Emissions();
    return sampleRepeatedly(job, this.#newRunner(scratch, true), scratch, this.#sampler, this.#task.board);
  }

  async *#rendered(): AsyncGenerator<Block> {
    for (let piece = 0; ; piece++) {
      const audio = await this.#host?.call("rendered", piece);
      if (!audio) return;
      for (const block of blocksOf(audio)) {
        if (this.#task.board[Board.cancel] === 1) throw new Error("The run was cancelled");
        yield block;
      }
    }
  }
}
