import type { Block, BlockFunction } from "../../../library/pipeline.ts";
import { holdsNoNumber } from "../../audio/holdsNoNumber.ts";
import { AudioCollector, blocksOf, faultOfBlock } from "./blocks.ts";
import { Board } from "../lane/board.ts";
import { framesOf } from "../lane/segmentAudio.ts";
import { idleTime, now } from "../measuring/clock.ts";
import type { BlockLooks } from "../measuring/slowBlocks/blockLooks.ts";
import { FaintNoise } from "../measuring/slowBlocks/faintNoise.ts";
import { Inspector } from "../measuring/slowBlocks/inspection.ts";
import type { MemoryLooks } from "../measuring/memory/memoryLooks.ts";
import type { DefinedStage } from "./definedStages.ts";
import { HeardAudio } from "./heardAudio.ts";
import type { Job, JobResult, SegmentAudio, StageSpans } from "../lane/laneProtocol.ts";
import { JobRecord } from "../measuring/jobRecord.ts";
import { SpanRecorder } from "../measuring/spanRecorder.ts";
import { callStage, type StageCall } from "./stageCall.ts";
import { createInstance, type StageInstance, type Surroundings } from "./stageInstance.ts";
import { StageThrew } from "./stageThrew.ts";

export interface RunnerHooks {
  /** A call returned a promise. */
  onPromise(): void;
  /** A file stage is made, and its call comes next. */
  onFileStage?(): void;
  /** The recording begins anew. */
  onReset?(): void;
  /** Between blocks, outside all spans. @param began when the block did @param take what was measured since the last time */
  onBlock(began: number, take: () => RunnerPart): void;
  /** A stage threw, so that the job has no end. */
  onBroken?(take: () => RunnerPart): void;
  /** Each call that ended, for joining samples to it. */
  onSpan(stage: number, start: number, end: number, awaited: boolean): void;
}

/** Who looks on while a job runs; null where nobody does. */
export interface Onlookers {
  readonly memory: MemoryLooks | null;
  readonly blocks: BlockLooks | null;
}

const NOBODY: Onlookers = { memory: null, blocks: null };

type Spans = ReadonlyMap<number, SpanRecorder>;

/** What a job gave, besides what the lane adds. */
export type RunnerResult = Omit<JobResult, "collections" | "sampled" | "clock" | "lookedMs"> & {
  readonly lookedMs: Omit<JobResult["lookedMs"], "collections">;
};

/** What it gave while it went on. */
export type RunnerPart = Omit<RunnerResult, "audio" | "inspection">;

/** Hands blocks to the stages of a lane and times every call. */
export class StageRunner {
  readonly #stages: readonly DefinedStage[];
  readonly #around: Surroundings;
  readonly #board: Int32Array;
  readonly #hooks: RunnerHooks;
  #instances = new Map<number, StageInstance>();
  #heard = new Map<number, HeardAudio>();
  /** Work in the block under way. */
  #blockMs = 0;
  #onlookers = NOBODY;
  /** Which it is, in the job. */
  #blockIndex = 0;
  #inspector: Inspector | null = null;
  #noise: FaintNoise | null = null;

  constructor(stages: readonly DefinedStage[], around: Surroundings, board: Int32Array, hooks: RunnerHooks) {
    this.#stages = stages;
    this.#around = around;
    this.#board = board;
    this.#hooks = hooks;
  }

  reset(): void {
    this.#instances = new Map();
    this.#heard = new Map();
    this.#around.emissions.reset();
    this.#hooks.onReset?.();
    this.#board[Board.calls] = 0;
    this.#board[Board.position] = 0;
  }

  /** Runs neighbouring stages over a segment, block by block, as in real time. @throws StageThrew */
  async run(job: Job, onlookers = NOBODY): Promise<RunnerResult> {
    const { from, to, audio } = job;
    this.#onlookers = onlookers;
    const spans = new Map<number, SpanRecorder>();
    for (let index = from; index < to; index++) {
      if (this.#stages[index]?.scope === "file") continue;
      // A tail from each stage and each finish may come on top of the blocks.
      spans.set(index, new SpanRecorder(index, audio.blocks.length + to - from + 1));
      await this.#prepare(index, job, spans);
    }
    const record = new JobRecord(audio.blocks.length, spans);
    const take = (): RunnerPart => this.#taken(record);
    const endRate = this.#stages[to - 1]?.factsAfter.sampleRate ?? audio.sampleRate;
    const given = framesOf(audio);
    const expected = Math.ceil((given * endRate) / audio.sampleRate);
    const rendered = job.wantsAudio ? new AudioCollector(expected) : null;
    const putOut = (block: Block): void => {
      if (block.frames === 0) return;
      if (job.isOutput && block.channels.some(holdsNoNumber)) record.notNumbers += 1;
      rendered?.add(block, endRate);
    };
    this.#board[Board.segment] = job.segment;
    this.#inspector = job.probe === "inspect" ? new Inspector(audio.blocks.length) : null;
    this.#noise = job.probe === "noise" ? (this.#noise ?? new FaintNoise()) : null;
    onlookers.blocks?.begin();
    try {
      for (const block of blocksOf(audio)) {
        if (this.#board[Board.cancel] === 1) break;
        this.#board[Board.position] = block.time * 1000;
        this.#blockMs = 0;
        const { memory } = onlookers;
        const lookedBefore = memory?.ms ?? 0;
        this.#inspector?.begin(record.done, block);
        this.#blockIndex = record.done;
        memory?.beginBlock();
        const began = now();
        record.begin(began);
        const through = await this.#through(block, from, to, spans);
        onlookers.blocks?.after(record.done, this.#blockMs, now());
        memory?.endBlock(lookedBefore);
        putOut(through);
        record.end(this.#blockMs);
        this.#hooks.onBlock(began, take);
      }
      if (record.done === audio.blocks.length) {
        if (job.last) await this.#finish(job, spans, putOut);
        else if (job.endsSegment) await this.#finishRestarting(job, spans);
      }
    } catch (error) {
      this.#hooks.onBroken?.(take);
      throw error;
    } finally {
      onlookers.blocks?.end();
    }
    this.#board[Board.stage] = -1;
    return {
      ...take(),
      audio: rendered?.take() ?? null,
      inspection: this.#inspector?.take(record.done) ?? null,
    };
  }

  #taken(record: JobRecord): RunnerPart {
    const { memory, blocks } = this.#onlookers;
    return {
      ...record.take(),
      emissions: this.#around.emissions.takeFresh(),
      memory: memory?.take() ?? [],
      looks: blocks?.take() ?? [],
      lookedMs: { memory: memory?.takeCost() ?? 0, blocks: blocks?.takeCost() ?? 0 },
    };
  }

  /** Runs a file stage: once, over no block, then its `finish`. @throws StageThrew */
  async runFileStage(index: number, endSeconds: number): Promise<StageSpans> {
    const instance = this.#create(index, endSeconds);
    instance.position.seconds = endSeconds;
    const spans = new SpanRecorder(index, 2);
    spans.createMs = instance.createMs;
    this.#hooks.onFileStage?.();
    const startFrame = Math.round(endSeconds * instance.facts.sampleRate);
    const nothing: Block = { channels: [], frames: 0, startFrame, time: endSeconds };
    try {
      await this.#call(instance, instance.call, nothing, spans);
      await this.#callFinish(instance, endSeconds, spans);
    } catch (error) {
      // A cancel makes `audio()` throw, so that what the stage has open is closed by itself.
      if (this.#board[Board.cancel] !== 1) throw error;
    }
    this.#board[Board.stage] = -1;
    return spans.take();
  }

  #create(index: number, seconds: number): StageInstance {
    const defined = this.#stages[index];
    if (!defined) throw new RangeError(`There is no stage ${index}.`);
    this.#board[Board.stage] = index;
    try {
      return createInstance(defined, this.#around);
    } catch (error) {
      throw new StageThrew(error, defined.name, seconds);
    } finally {
      this.#beat();
    }
  }

  /** A stage that may restart does so at every segment, with one worker too: values never depend on their number. */
  async #prepare(index: number, job: Job, spans: Spans): Promise<void> {
    const seconds = job.audio.startFrame / job.audio.sampleRate;
    const known = this.#instances.get(index);
    const stays = known !== undefined && (known.warmUp === null || known.segment === job.segment);
    const instance = stays ? known : this.#create(index, seconds);
    if (stays && known.segment === job.segment) return;
    instance.segment = job.segment;
    if (!stays) {
      const recorder = spans.get(index);
      if (recorder) recorder.createMs += instance.createMs;
      this.#instances.set(index, instance);
      await instance.ready?.();
    }
    if (instance.warmUp !== null) await this.#warmUp(instance, index === job.from ? job.warmUp : null);
    if (!known || instance.scope !== "stream" || instance.warmUp !== null)
      instance.framesOut = Math.round(seconds * instance.factsAfter.sampleRate);
  }

  async #warmUp(instance: StageInstance, given: SegmentAudio | null): Promise<void> {
    const before = given ? [...blocksOf(given)] : (this.#heard.get(instance.index)?.blocks ?? []);
    instance.audible = false;
    const unheard = new SpanRecorder(instance.index, before.length);
    for (const block of before) {
      const sent = this.#call(instance, instance.call, { ...block, warmUp: true }, unheard);
      if (sent instanceof Promise) await sent;
    }
    instance.audible = true;
    const frames = (instance.warmUp ?? 0) * instance.facts.sampleRate;
    this.#heard.set(instance.index, new HeardAudio(frames));
  }

  /** One block through neighbouring stages; no frames where one of them kept it back. */
  async #through(block: Block, from: number, to: number, spans: Spans): Promise<Block> {
    let current = block;
    for (let index = from; index < to && (current.frames > 0 || index === from); index++) {
      const instance = this.#instances.get(index);
      const recorder = spans.get(index);
      // A file stage between the others.
      if (!instance || !recorder) continue;
      this.#heard.get(index)?.add(current);
      instance.position.seconds = current.time;
      this.#noise?.addTo(current);
      this.#inspector?.beforeStage(current);
      const sent = this.#call(instance, instance.call, current, recorder);
      const returned = sent instanceof Promise ? await sent : sent;
      current = this.#placed(instance, returned, current);
      this.#inspector?.afterStage(this.#blockIndex, index, current);
    }
    return current;
  }

  /** Times one call. Only a promise makes it asynchronous: waiting costs a turn of the event loop. */
  #call(
    instance: StageInstance,
    call: StageCall,
    block: Block,
    spans: SpanRecorder,
  ): Block | void | Promise<Block | void> {
    this.#board[Board.stage] = instance.index;
    const { memory } = this.#onlookers;
    const before = memory?.isLooking === true ? memory.look() : null;
    const start = now();
    let answer: ReturnType<BlockFunction>;
    try {
      answer = callStage(call, block);
    } catch (error) {
      throw new StageThrew(error, instance.name, block.time);
    }
    const end = now();
    if (before) memory?.add(instance.index, start, end, before);
    if (isThenable(answer)) return this.#awaited(answer, start, instance, block.time, spans);
    spans.add(start, end);
    this.#blockMs += end - start;
    this.#hooks.onSpan(instance.index, start, end, false);
    this.#beat();
    return answer;
  }

  async #awaited(
    answer: PromiseLike<Block | void>,
    called: number,
    instance: StageInstance,
    time: number,
    spans: SpanRecorder,
  ): Promise<Block | void> {
    const answered = now();
    // Turns the sampler on at the first promise: tens of milliseconds that aren't the stage's.
    this.#hooks.onPromise();
    const start = called + now() - answered;
    const idleBefore = idleTime();
    this.#board[Board.waiting] = 1;
    try {
      const returned = await answer;
      const end = now();
      const waited = idleTime() - idleBefore;
      spans.addAwaited(start, end, waited);
      this.#blockMs += end - start - waited;
      this.#hooks.onSpan(instance.index, start, end, true);
      return returned;
    } catch (error) {
      throw new StageThrew(error, instance.name, time);
    } finally {
      this.#board[Board.waiting] = 0;
      this.#beat();
    }
  }

  /** Gives what a stage put out its place in the recording, at the rate it leaves with. */
  #placed(instance: StageInstance, returned: Block | void, given: Block): Block {
    const { sampleRate, channelCount } = instance.factsAfter;
    const block = returned ?? given;
    const fault = returned ? faultOfBlock(returned, channelCount) : undefined;
    if (fault) throw new StageThrew(new TypeError(`It returned a block ${fault}`), instance.name, given.time);
    const startFrame = instance.framesOut;
    instance.framesOut += block.frames;
    if (block === given && startFrame === given.startFrame) return given;
    return { channels: block.channels, frames: block.frames, startFrame, time: startFrame / sampleRate };
  }

  /** A stage that restarts is done with its segment. What it still held back, the next one puts out from its warm-up. */
  async #finishRestarting(job: Job, spans: Spans): Promise<void> {
    for (let index = job.from; index < job.to; index++) {
      const instance = this.#instances.get(index);
      const recorder = spans.get(index);
      if (!instance || !recorder || instance.warmUp === null) continue;
      await this.#callFinish(instance, endOf(job), recorder);
    }
  }

  /** Each stage's tail goes through the stages after it before they finish in turn. */
  async #finish(job: Job, spans: Spans, putOut: (block: Block) => void): Promise<void> {
    const end = endOf(job);
    for (let index = job.from; index < job.to; index++) {
      const instance = this.#instances.get(index);
      const recorder = spans.get(index);
      if (!instance || !recorder) continue;
      const tail = await this.#callFinish(instance, end, recorder);
      if (!tail || tail.frames === 0) continue;
      const placed = this.#placed(instance, tail, { ...tail, time: end });
      putOut(await this.#through(placed, index + 1, job.to, spans));
    }
  }

  async #callFinish(instance: StageInstance, end: number, spans: SpanRecorder): Promise<Block | void> {
    const { finish } = instance;
    if (!finish) return;
    instance.position.seconds = end;
    const nothing: Block = { channels: [], frames: 0, startFrame: instance.framesOut, time: end };
    const returned = await this.#call(instance, finish, nothing, spans);
    spans.markFinish();
    return returned;
  }

  #beat(): void {
    this.#board[Board.beats] = ((this.#board[Board.beats] ?? 0) + 1) | 0;
    this.#board[Board.calls] = ((this.#board[Board.calls] ?? 0) + 1) | 0;
  }
}

/** In seconds. */
function endOf({ audio }: Job): number {
  const frames = audio.blocks.reduce((sum, length) => sum + length, 0);
  return (audio.startFrame + frames) / audio.sampleRate;
}

const isThenable = (answer: unknown): answer is PromiseLike<Block | void> =>
  typeof answer === "object" && answer !== null && "then" in answer && typeof answer.then === "function";
