import type { Milliseconds } from "../../../core/units.ts";
import type { Block } from "../../../library/pipeline.ts";
import type { Channel } from "../../../protocol/channel.ts";
import type { RememberedResult } from "../../../library/caching/rememberedResults.ts";
import type { Fallback } from "../../../library/fallbacks.ts";
import { collectGarbage, giveBackMemory } from "../../memory/collect.ts";
import { blocksOf } from "../stages/blocks.ts";
import { Board } from "./board.ts";
import {
  measureAllocations,
  type Allocated,
  type AllocationJob,
} from "../measuring/memory/allocationPass.ts";
import { BrokenBuiltin, brokenBuiltin } from "../measuring/builtins.ts";
import { BlockLooks } from "../measuring/slowBlocks/blockLooks.ts";
import { clockOffset, now } from "../measuring/clock.ts";
import { CollectionLog, type LaneCollection } from "../measuring/memory/collectionLog.ts";
import { GlobalsWatch } from "../measuring/globalsWatch.ts";
import { MemoryLooks } from "../measuring/memory/memoryLooks.ts";
import { definedStages, type DefinedStage } from "../stages/definedStages.ts";
import { Emissions } from "../stages/emissions.ts";
import { callCost } from "../io/callCost.ts";
import type { IoWatch } from "../io/ioWatch.ts";
import { factoryLine } from "../loading/factoryLine.ts";
import { forbidExit } from "./forbidExit.ts";
import { muteOutput } from "./output.ts";
import type {
  Counted,
  CountedJob,
  FileStageJob,
  Job,
  JobClock,
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
import { CountedPass } from "../measuring/counting/countedPass.ts";
import { CountTally } from "../measuring/counting/countTally.ts";
import { Coverage } from "../measuring/counting/coverage.ts";
import { sampleRepeatedly } from "../measuring/sampling/sampledPass.ts";
import { RunQueue } from "../measuring/slowBlocks/runQueue.ts";
import { Sampler, type SamplerTicks } from "../measuring/sampling/sampler.ts";
import { readSource } from "../loading/sourcePort.ts";
import { transfersOf } from "./transfers.ts";
import { spanCost } from "../measuring/spanCost.ts";
import { StageRunner, type Onlookers, type RunnerHooks, type RunnerPart } from "../stages/stageRunner.ts";
import { NeedsOneLane } from "./needsOneLane.ts";
import { PartTimes } from "./partTimes.ts";
import { ticksOf } from "../../sampling/tickTreeBuilder.ts";
import { writtenFor, type WorkletHost } from "../../worklet/workletStages.ts";

/** What a lane asks of the library that ships. */
interface LoadedLibrary {
  takenFallbacks(this: void): readonly Fallback[];
  rememberedResults(this: void): readonly RememberedResult[];
  releaseIdleMemory(this: void): void;
}

/** @throws what the engine tells instead of figures that can't be right */
function refuseBroken(): void {
  const broken = brokenBuiltin();
  if (broken !== null) throw refusalOf(new BrokenBuiltin(broken));
}

/** While it is timed a pass is sampled at this interval or not at all (design, Rules of measuring). */
const TIMED_INTERVAL_US = 1000;
/** Between two parts that bring their ticks, because making a tree of them leaves garbage. */
const TICKS_EVERY_MS = 5000;

/** One worker's side of a run. */
export class LaneServer {
  readonly #task: LaneTask;
  readonly #io: IoWatch | null;
  readonly #queue = new RunQueue();
  readonly #emissions = new Emissions();
  #host: Channel<LaneHostMethods> | undefined;
  #sampler: Sampler | undefined;
  #coverage: Coverage | null = null;
  #stages: readonly DefinedStage[] = [];
  #blockFrames = 0;
  /** The pipeline's own instance. */
  #library: LoadedLibrary | undefined;
  #runner: StageRunner | undefined;
  /** The only one in the timed pass: it then knows all that earlier stages emitted. */
  #alone = true;
  #mode: Job["mode"] = "timed";
  #sampledSince = 0;
  readonly #partTimes = new PartTimes();
  /** When the job under way began, or its last part ended. */
  #partBegan: Milliseconds = 0;
  #globals: GlobalsWatch | null = null;
  #offset: Milliseconds = 0;
  #startUp: Milliseconds = 0;
  #collections: CollectionLog | null = null;
  #memoryLooks: MemoryLooks | null = null;
  #blockLooks: BlockLooks | null = null;

  /** @param io null where nobody looks at files and the network */
  constructor(task: LaneTask, io: IoWatch | null) {
    this.#task = task;
    this.#io = io;
  }

  talkTo(host: Channel<LaneHostMethods>): void {
    this.#host = host;
  }

  methods(): LaneMethods {
    const guarded =
      <P, A>(work: (params: P) => A | Promise<A>) =>
      async (params: P): Promise<A> => {
        try {
          const answer = await work(params);
          refuseBroken();
          return answer;
        } catch (error) {
          // What failed here may have failed by it.
          refuseBroken();
          throw refusalOf(error);
        }
      };
    return {
      load: guarded(() => this.#load()),
      run: guarded((job: Job) => this.#run(job)),
      runFileStage: guarded((job: FileStageJob) => this.#runFileStage(job)),
      reset: async () => {
        this.#runner?.reset();
        // What came before the pass isn't of it.
        await this.#collections?.take();
        this.#blockLooks?.restart();
        this.#partTimes.restart();
      },
      cleanUp: () => {
        this.#library?.releaseIdleMemory();
        collectGarbage();
      },
      rest: () => {
        this.#runner?.reset();
        giveBackMemory();
      },
      sample: guarded((job: SampledJob) => this.#sample(job)),
      measureAllocations: guarded((job: AllocationJob) => this.#measureAllocations(job)),
      count: guarded((job: CountedJob) => this.#count(job)),
      takeSamples: guarded(() => this.#takeSamples()),
      takeQueued: () => Promise.resolve(this.#queue.take()),
      takeIo: () => Promise.resolve(this.#io?.take() ?? null),
      remarks: () =>
        Promise.resolve({
          fallbacks: this.#library?.takenFallbacks() ?? [],
          changedGlobals: this.#globals?.changed() ?? [],
          remembered: this.#library?.rememberedResults() ?? [],
        }),
    };
  }

  async #load(): Promise<LoadedPipeline> {
    forbidExit();
    this.#globals = new GlobalsWatch();
    this.#task.board[Board.stage] = -1;
    const { watches } = this.#task;
    if (watches.collections) this.#collections = new CollectionLog();
    if (watches.memory) this.#memoryLooks = new MemoryLooks();
    if (this.#task.counts) {
      // The library isn't counted, and stays quicker without.
      this.#library = await this.#importLibrary();
      this.#coverage = new Coverage();
    }
    const pipeline = await importPipeline(this.#task.pipelineUrl, this.#task.parameters, this.#worklets());
    const { file, source, segmentSeconds, parameters } = this.#task;
    this.#library ??= await this.#importLibrary();
    this.#blockFrames = this.#task.blockFrames ?? pipeline.blockFrames ?? 4096;
    this.#stages = await definedStages(pipeline, {
      file,
      source: { ...source, blockFrames: this.#blockFrames },
      durationSeconds: this.#task.durationSeconds,
      segmentSeconds,
      parameters,
    });
    this.#runner = this.#newRunner(this.#emissions);
    this.#offset = clockOffset();
    this.#startUp = now() + this.#offset - this.#task.openedAt;
    return {
      name: pipeline.name,
      blockFrames: this.#blockFrames,
      isolation: pipeline.isolation ?? "thread",
      stages: this.#stages.map(({ create, ...stage }) => ({
        ...stage,
        shiftedLine: factoryLine(writtenFor(create)),
      })),
      // Where V8 counts it is no cost that any run has.
      nsPerSpan: this.#coverage ? 0 : spanCost(),
      nsPerFileCall: this.#coverage || !this.#io ? null : callCost(),
      node: process.versions.node,
      v8: process.versions.v8,
    };
  }

  async #importLibrary(): Promise<LoadedLibrary> {
    return (await import(this.#task.libraryUrl)) as LoadedLibrary;
  }

  #worklets(): WorkletHost {
    return {
      sampleRate: this.#task.source.sampleRate,
      read: (url) => readSource(this.#task, url),
      note: ({ about, ...note }) => this.#host?.tell("note", { ...note, shiftedLine: factoryLine(about) }),
    };
  }

  #newRunner(emissions: Emissions, isScratch = false, hooks: Partial<RunnerHooks> = {}): StageRunner {
    const { board } = this.#task;
    return new StageRunner(
      this.#stages,
      {
        file: this.#task.file,
        outputFolder: () =>
          isScratch || this.#mode !== "timed" ? this.#task.discardFolder : this.#task.outputFolder,
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
        onBlock: (began, take) => {
          if (isScratch) return;
          if (board[Board.sample] === 1) this.#startSampling();
          if (this.#partTimes.isDue(began)) this.#tellPart(take, this.#hasManyTicks(began));
        },
        onBroken: (take) => {
          if (!isScratch) this.#tellPart(take, true);
        },
        onSpan: (stage, start, end, awaited) => this.#sampler?.span(stage, start, end, awaited),
        ...hooks,
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
    this.#io?.turn(job.mode === "timed");
    muteOutput(job.mode !== "timed");
    this.#partBegan = now();
    const result = await this.#inQueue(() => this.#loadedRunner.run(job, this.#onlookersOf(job)));
    const collections = await this.#takeCollections();
    const lookedMs = { ...result.lookedMs, collections: this.#collections?.takeCost() ?? 0 };
    return { ...result, collections, lookedMs, sampled: [], clock: this.#clockSince(this.#partBegan) };
  }

  #hasManyTicks(time: Milliseconds): boolean {
    return this.#sampler?.isFull === true || time - this.#sampledSince > TICKS_EVERY_MS;
  }

  #tellPart(take: () => RunnerPart, withTicks: boolean): void {
    // The job's answer says what is broken.
    if (brokenBuiltin() !== null) return;
    const part = take();
    const sampled = withTicks && this.#sampler?.running ? [this.#sampledUntilNow(this.#sampler.take())] : [];
    const clock = this.#clockSince(this.#partBegan);
    this.#partBegan = clock.ended;
    // Collections come with the job's answer: Node tells of them later.
    const lookedMs = { ...part.lookedMs, collections: 0 };
    const told: JobResult = {
      ...part,
      audio: null,
      inspection: null,
      collections: [],
      lookedMs,
      sampled,
      clock,
    };
    this.#host?.tell("part", told, transfersOf(told));
  }

  #clockSince(began: Milliseconds): JobClock {
    return { began, ended: now(), offset: this.#offset, startUp: this.#startUp };
  }

  async #takeCollections(): Promise<readonly LaneCollection[]> {
    return (await this.#collections?.take()) ?? [];
  }

  /** Slow blocks are explained where one worker is alone. */
  #onlookersOf({ alone }: Job): Onlookers {
    const { deoptLogs, causes } = this.#task.watches;
    if (alone && causes) this.#blockLooks ??= new BlockLooks(deoptLogs, this.#task.ownUrl);
    return { memory: this.#memoryLooks, blocks: alone ? this.#blockLooks : null };
  }

  async #runFileStage({ stage, emissions, endSeconds }: FileStageJob): Promise<JobResult> {
    this.#mode = "timed";
    this.#io?.turn(true);
    this.#emissions.reset(emissions);
    const began = now();
    const spans = await this.#inQueue(() => this.#loadedRunner.runFileStage(stage, endSeconds));
    const clock = this.#clockSince(began);
    return {
      spans: [spans],
      emissions: this.#emissions.takeFresh(),
      audio: null,
      blockMs: new Float64Array(0),
      blockStarts: new Float64Array(0),
      notNumbers: 0,
      memory: [],
      looks: [],
      lookedMs: { memory: 0, blocks: 0, collections: 0 },
      inspection: null,
      sampled: [],
      collections: await this.#takeCollections(),
      clock,
    };
  }

  async #inQueue<T>(work: () => Promise<T>): Promise<T> {
    this.#queue.begin();
    try {
      return await work();
    } finally {
      this.#queue.end();
    }
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
    return this.#sampledUntilNow(this.#sampler.stop());
  }

  #sampledUntilNow({ tree, waits }: SamplerTicks): Sampled {
    const since = this.#sampledSince;
    this.#sampledSince = now();
    const wallMs = this.#sampledSince - since;
    return { tree, ticks: ticksOf(tree), intervalUs: TIMED_INTERVAL_US, repeats: 1, wallMs, waits };
  }

  async #sample(job: SampledJob): Promise<Sampled> {
    this.#sampler ??= new Sampler(this.#task.ownUrl);
    muteOutput(true);
    const scratch = new Emissions();
    return sampleRepeatedly(job, this.#newRunner(scratch, true), scratch, this.#sampler, this.#task.board);
  }

  async #measureAllocations(job: AllocationJob): Promise<Allocated> {
    muteOutput(true);
    const scratch = new Emissions();
    return measureAllocations(
      job,
      this.#newRunner(scratch, true),
      scratch,
      this.#collections,
      this.#task.board,
    );
  }

  async #count(job: CountedJob): Promise<Counted> {
    if (!this.#coverage) throw new Error("This lane doesn't count.");
    muteOutput(true);
    const scratch = new Emissions();
    const { board } = this.#task;
    const pass = new CountedPass(job, this.#coverage, new CountTally(job.files), board);
    const runner = this.#newRunner(scratch, true, {
      onSpan: (stage) => {
        pass.called(stage);
      },
      onFileStage: () => {
        pass.forget();
      },
    });
    this.#io?.turn(true);
    return { ...(await pass.run(runner, scratch)), io: this.#io?.take() ?? null };
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
