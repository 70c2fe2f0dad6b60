import type { ReadAhead } from "../memory/readAhead.ts";
import type { Group } from "../plan/groups.ts";
import type { Piece } from "../plan/pieces.ts";
import type { Job, JobResult, PassMode, SegmentAudio } from "../worker/laneProtocol.ts";
import type { Lane } from "./lane.ts";
import { Turns } from "./turns.ts";
import { WarmUps, type WarmPiece } from "./warmUps.ts";

export interface ScheduleOptions {
  readonly lanes: readonly Lane[];
  readonly groups: readonly Group[];
  readonly pieces: readonly Piece[];
  readonly readAhead: ReadAhead;
  readonly mode: PassMode;
  /** Whether the rendered audio is needed afterwards. */
  readonly wantsAudio: boolean;
  /** One at a time; a piece that was given up is asked for again. */
  read(piece: Piece): Promise<SegmentAudio>;
  onResult(group: number, piece: Piece, result: JobResult): Promise<void>;
  /** Asked before each job: true ends the pass with what it has. */
  isOver(): boolean;
}

interface Waiting extends WarmPiece {
  readonly group: number;
}

/** No lane needs more pieces than the one at work and the one after it. */
const PIECES_PER_LANE = 2;

/** Sends every piece through every group. Resolves when all are through, or the pass is over. */
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
  #through = 0;
  #failed = false;
  #resolve: () => void = () => undefined;
  #reject: (reason: Error) => void = () => undefined;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#turns = new Turns(options.groups, options.lanes);
    this.#warmUps = options.groups.map(({ warmUp }) => new WarmUps(warmUp));
    this.#idle = new Set(options.lanes);
    this.#unread = options.pieces.toReversed();
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
    for (const { piece } of given) {
      this.#leave(piece);
      this.#unread.push(piece);
    }
    this.#unread.sort((a, b) => b.index - a.index);
    this.#dispatch();
  }

  #dispatch(): void {
    if (this.#failed) return;
    const { pieces, lanes } = this.#options;
    const isOver = (): boolean => this.#options.isOver();
    for (const lane of this.#idle) {
      const chosen = isOver() ? undefined : this.#bestFor(lane);
      if (!chosen) continue;
      this.#waiting = this.#waiting.filter((waiting) => waiting !== chosen);
      this.#idle.delete(lane);
      this.#turns.took(lane, chosen.group, chosen.piece);
      this.#guard(this.#work(lane, chosen));
    }
    const isStill = this.#idle.size === lanes.length && !this.#isReading;
    if (this.#through === pieces.length || (isOver() && isStill)) this.#resolve();
    else this.#guard(this.#read());
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
    const piece = this.#unread.at(-1);
    if (!piece || this.#isReading || !this.#hasRoomFor(piece) || this.#options.isOver()) return;
    this.#unread.pop();
    this.#isReading = true;
    this.#underWay += 1;
    this.#framesUnderWay += piece.frames;
    const audio = await this.#options.read(piece);
    this.#isReading = false;
    this.#enter(0, piece, audio);
  }

  /** One at least, whatever the memory says: without it nothing would go on. */
  #hasRoomFor({ frames }: Piece): boolean {
    const { lanes, readAhead } = this.#options;
    if (this.#underWay === 0) return true;
    return (
      this.#underWay < PIECES_PER_LANE * lanes.length && this.#framesUnderWay + frames <= readAhead.frames
    );
  }

  #leave({ frames }: Piece): void {
    this.#underWay -= 1;
    this.#framesUnderWay -= frames;
  }

  #enter(group: number, piece: Piece, audio: SegmentAudio): void {
    const warmUps = (this.#options.groups[group]?.warmUp ?? 0) > 0 ? this.#warmUps[group] : undefined;
    const ready = warmUps?.enter(piece, audio) ?? [{ piece, audio, warmUp: null }];
    for (const one of ready) this.#waiting.push({ ...one, group });
    this.#dispatch();
  }

  async #work(lane: Lane, { group, piece, audio, warmUp }: Waiting): Promise<void> {
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
      wantsAudio: wantsAudio || !isLast,
    };
    const result = await lane.channel.call("run", job, buffersOf(audio, warmUp));
    await this.#options.onResult(group, piece, result);
    this.#idle.add(lane);
    if (isLast) {
      this.#through += 1;
      this.#leave(piece);
      this.#dispatch();
    } else {
      this.#enter(group + 1, piece, result.audio ?? nothingAfter(audio));
    }
  }

  #guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#failed = true;
      this.#reject(error instanceof Error ? error : new Error(String(error)));
    });
  }
}

const buffersOf = (...parts: readonly (SegmentAudio | null)[]): ArrayBuffer[] =>
  parts.flatMap((part) => part?.channels.map(({ buffer }) => buffer) ?? []);

/** A group kept everything back: the next one still has to know that the piece is over. */
const nothingAfter = ({ sampleRate, startFrame }: SegmentAudio): SegmentAudio => ({
  sampleRate,
  startFrame,
  blocks: [],
  channels: [],
});
