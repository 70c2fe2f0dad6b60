import type { Milliseconds } from "../../core/units.ts";
import type { ReadAhead } from "../memory/readAhead.ts";
import type { Group } from "../plan/groups.ts";
import type { Piece } from "../plan/pieces.ts";
import type { Job, JobResult, PassMode, Probe, SegmentAudio } from "../worker/lane/laneProtocol.ts";
import { buffersOf } from "../worker/lane/segmentAudio.ts";
import type { Lane } from "./lane.ts";
import { Turns } from "./turns.ts";
import { WarmUps, type WarmPiece } from "./warmUps.ts";

export interface ScheduleOptions {
  readonly lanes: readonly Lane[];
  readonly groups: readonly Group[];
  readonly pieces: readonly Piece[];
  readonly readAhead: ReadAhead;
  readonly mode: PassMode;
  /** Whether more is read while lanes are at work; otherwise only while all are idle, because reading would take their time. */
  readonly readsBeside: boolean;
  /** Whether the rendered audio is needed afterwards. */
  readonly wantsAudio: boolean;
  /** None where nothing is said. */
  readonly probe?: Probe;
  /** One at a time; a piece that was given up is asked for again. */
  read(piece: Piece): Promise<SegmentAudio>;
  onResult(done: DoneJob): Promise<void>;
  /** Asked before each job: true ends the pass with what it has. */
  isOver(): boolean;
}

export interface DoneJob {
  readonly group: number;
  readonly piece: Piece;
  readonly result: JobResult;
  /** Among the lanes, from 0. */
  readonly lane: number;
  /** On this thread's clock: when a lane could have begun it, when it was sent, and when the answer came. */
  readonly ready: Milliseconds;
  readonly sent: Milliseconds;
  readonly received: Milliseconds;
}

interface Waiting extends WarmPiece {
  readonly group: number;
  readonly ready: Milliseconds;
}

/** No lane needs more pieces than the one at work and the one after it, where more can be read at any time. */
const PIECES_PER_LANE = 2;
/** Where nothing is read beside lanes at work so many are read before: at most 48 MB, two minutes of stereo. */
const PIECES_AT_ONCE = 12;

/**
 * Sends every piece through every group. Resolves when all are through, or the pass is over; where one fails, rejects when
 * no lane is at work any more.
 */
export function runSchedule(options: ScheduleOptions): Promise<void> {
  const schedule = new Schedule(options);
  options.readAhead.whileReading(() => {
    schedule.giveUpUnheard();
  });
  return schedule.run().finally(() => {
    options.readAhead.whileReading(undefined);
  });
}

class Schedule {
  readonly #options: ScheduleOptions;
  readonly #turns: Turns<Lane>;
  readonly #warmUps: readonly WarmUps[];
  readonly #idle: Set<Lane>;
  #waiting: Waiting[] = [];
  /** The next one last. */
  #unread: Piece[];
  #underWay = 0;
  #framesUnderWay = 0;
  #isReading = false;
  /** The lanes wait while it is read; only where nothing is read beside them. */
  #isFilling: boolean;
  #through = 0;
  /** Jobs and reading under way. */
  readonly #steps = new Set<Promise<void>>();
  #failure: Error | undefined;
  #resolve: () => void = () => undefined;
  #reject: (reason: Error) => void = () => undefined;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#turns = new Turns(options.groups, options.lanes);
    this.#warmUps = options.groups.map(({ warmUp }) => new WarmUps(warmUp));
    this.#idle = new Set(options.lanes);
    this.#unread = options.pieces.toReversed();
    this.#isFilling = !options.readsBeside;
  }

  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#dispatch();
    });
  }

  /** What no stage has heard yet is read again later. */
  giveUpUnheard(): void {
    const isUnheard = ({ group }: Waiting): boolean => group === 0 && this.#options.groups[0]?.warmUp === 0;
    const given = this.#waiting.filter(isUnheard);
    this.#waiting = this.#waiting.filter((waiting) => !isUnheard(waiting));
    for (const { piece } of given) this.#giveUp(piece);
    this.#dispatch();
  }

  #dispatch(): void {
    if (this.#failure) return;
    const { pieces, lanes } = this.#options;
    if (this.#isFilling && !this.#isReading) this.#isFilling = this.#readable() !== undefined;
    if (!this.#isFilling) this.#handOut();
    const isStill = this.#idle.size === lanes.length && !this.#isReading;
    if (this.#through === pieces.length || (this.#options.isOver() && isStill)) this.#resolve();
    else this.#take(this.#read());
  }

  #handOut(): void {
    for (const lane of this.#idle) {
      const chosen = this.#options.isOver() ? undefined : this.#bestFor(lane);
      if (!chosen) continue;
      this.#waiting = this.#waiting.filter((waiting) => waiting !== chosen);
      this.#idle.delete(lane);
      this.#turns.took(lane, chosen.group, chosen.piece);
      this.#take(this.#work(lane, chosen));
    }
  }

  /** Later groups first, so that pieces leave as fast as they come; of a group the earliest. */
  #bestFor(lane: Lane): Waiting | undefined {
    let best: Waiting | undefined;
    for (const waiting of this.#waiting) {
      if (!this.#turns.mayTake(lane, waiting.group, waiting.piece)) continue;
      const isBetter =
        !best ||
        waiting.group > best.group ||
        (waiting.group === best.group && waiting.piece.index < best.piece.index);
      if (isBetter) best = waiting;
    }
    return best;
  }

  async #read(): Promise<void> {
    const piece = this.#isReading ? undefined : this.#readable();
    if (!piece) return;
    this.#unread.pop();
    this.#isReading = true;
    this.#isFilling = !this.#options.readsBeside;
    this.#underWay += 1;
    this.#framesUnderWay += piece.frames;
    const audio = await this.#options.read(piece);
    this.#isReading = false;
    if (this.#isAfterUnread(piece)) {
      this.#giveUp(piece);
      this.#dispatch();
    } else {
      this.#enter(0, piece, audio);
    }
  }

  /** What comes before it was given up meanwhile: it would only wait for that. */
  #isAfterUnread({ index }: Piece): boolean {
    const next = this.#unread.at(-1);
    return next !== undefined && next.index < index;
  }

  /** The next piece, if it may be read now. */
  #readable(): Piece | undefined {
    const piece = this.#unread.at(-1);
    return piece && this.#hasRoomFor(piece) && !this.#options.isOver() ? piece : undefined;
  }

  /** Whatever the memory says, where no lane has anything that it may do: all wait for what isn't read yet. */
  #hasRoomFor({ frames }: Piece): boolean {
    const { lanes, readAhead, readsBeside } = this.#options;
    const ahead = this.#framesUnderWay + frames;
    if (this.#underWay === 0) return true;
    if (this.#isFilling) return this.#underWay < PIECES_AT_ONCE && ahead <= readAhead.frames;
    if (this.#idle.size === lanes.length) return true;
    return readsBeside && this.#underWay < PIECES_PER_LANE * lanes.length && ahead <= readAhead.frames;
  }

  #leave({ frames }: Piece): void {
    this.#underWay -= 1;
    this.#framesUnderWay -= frames;
  }

  #giveUp(piece: Piece): void {
    this.#leave(piece);
    this.#unread.push(piece);
    this.#unread.sort((a, b) => b.index - a.index);
  }

  #enter(group: number, piece: Piece, audio: SegmentAudio): void {
    const warmUps = (this.#options.groups[group]?.warmUp ?? 0) > 0 ? this.#warmUps[group] : undefined;
    const ready = warmUps?.enter(piece, audio) ?? [{ piece, audio, warmUp: null }];
    for (const one of ready) this.#waiting.push({ ...one, group, ready: performance.now() });
    this.#dispatch();
  }

  async #work(lane: Lane, { group, piece, audio, warmUp, ready }: Waiting): Promise<void> {
    const { groups, lanes, pieces, mode, wantsAudio } = this.#options;
    const { from = 0, to = 0 } = groups[group] ?? {};
    const isLast = group === groups.length - 1;
    const job: Job = {
      mode,
      alone: lanes.length === 1,
      from,
      to,
      segment: piece.segment,
      audio,
      warmUp,
      endsSegment: piece.endsSegment,
      last: piece.index === pieces.length - 1,
      isOutput: isLast,
      wantsAudio: wantsAudio || !isLast,
      probe: this.#options.probe ?? "none",
    };
    const sent = performance.now();
    const done = (result: JobResult): Promise<void> => {
      const received = performance.now();
      return this.#options.onResult({
        group,
        piece,
        result,
        lane: lanes.indexOf(lane),
        ready,
        sent,
        received,
      });
    };
    let result: JobResult;
    try {
      result = lane.parts.whole(await lane.channel.call("run", job, buffersOf(audio, warmUp)));
    } catch (error) {
      // What was measured until then is kept.
      const cutOff = lane.parts.cutOff();
      if (cutOff) await done(cutOff);
      throw error;
    }
    await done(result);
    this.#idle.add(lane);
    if (isLast) {
      this.#through += 1;
      this.#leave(piece);
      this.#dispatch();
    } else {
      this.#enter(group + 1, piece, result.audio ?? nothingAfter(audio));
    }
  }

  /** After a failure nothing new begins, and nobody may use the lanes again before they have ended what they do. */
  #take(step: Promise<void>): void {
    const guarded = step
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .then(() => {
        this.#steps.delete(guarded);
        if (this.#failure && this.#steps.size === 0) this.#reject(this.#failure);
      });
    this.#steps.add(guarded);
  }
}

/** A group kept everything back: the next one still has to know that the piece is over. */
const nothingAfter = ({ sampleRate, startFrame }: SegmentAudio): SegmentAudio => ({
  sampleRate,
  startFrame,
  blocks: [],
  channels: [],
});
