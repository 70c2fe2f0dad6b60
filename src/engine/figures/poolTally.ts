import type { PoolFacts, PoolTimeline, PoolWorker } from "../../core/run/measured/pool.ts";
import type { Milliseconds } from "../../core/units.ts";
import type { StageSpans } from "../worker/lane/laneProtocol.ts";
import type { TalliedJob } from "./talliedJob.ts";

/** More than a page can draw. */
const MOST_JOBS = 2000;

/** Of a worker, until it is known how long the pass took. */
type Worker = { -readonly [K in keyof Omit<PoolWorker, "waitingMs">]: number } & { underWayMs: Milliseconds };
type Columns = { readonly [K in keyof PoolTimeline]: number[] };

/** What each worker did during a pass. */
export class PoolTally {
  /** By lane. */
  readonly #workers: Worker[] = [];
  readonly #timeline: Columns = {
    worker: [],
    fromStage: [],
    toStage: [],
    segment: [],
    sentMs: [],
    beganMs: [],
    endedMs: [],
    receivedMs: [],
  };
  #leftOut = 0;

  add(job: TalliedJob): void {
    const { clock, spans, collections } = job.result;
    const began = job.sincePassBegan(clock.began);
    const ended = job.sincePassBegan(clock.ended);
    const worker = this.#worker(job.lane);
    worker.startUpMs = clock.startUp;
    worker.busyMs += spans.reduce((sum, one) => sum + workOf(one), 0);
    worker.collectingMs += collections.reduce((sum, { ms }) => sum + ms, 0);
    worker.transferringMs += Math.max(0, began - job.sent) + Math.max(0, job.received - ended);
    worker.queuedMs += job.sent - job.ready;
    worker.underWayMs += job.received - job.sent;
    worker.jobs += 1;
    if (this.#timeline.worker.length >= MOST_JOBS) {
      this.#leftOut += 1;
      return;
    }
    const {
      worker: workers,
      fromStage,
      toStage,
      segment,
      sentMs,
      beganMs,
      endedMs,
      receivedMs,
    } = this.#timeline;
    workers.push(job.lane);
    fromStage.push(job.from);
    toStage.push(job.to);
    segment.push(job.segment);
    sentMs.push(job.sent);
    beganMs.push(began);
    endedMs.push(ended);
    receivedMs.push(job.received);
  }

  /** @param wallMs how long the pass took */
  figures(wallMs: Milliseconds): PoolFacts {
    return {
      workers: this.#workers.map(({ underWayMs, ...worker }) => ({
        ...worker,
        waitingMs: Math.max(0, wallMs - underWayMs),
      })),
      timeline: this.#timeline,
      jobsLeftOut: this.#leftOut,
    };
  }

  #worker(lane: number): Worker {
    const worker = this.#workers[lane] ?? newWorker();
    this.#workers[lane] = worker;
    return worker;
  }
}

const newWorker = (): Worker => ({
  startUpMs: 0,
  busyMs: 0,
  collectingMs: 0,
  transferringMs: 0,
  underWayMs: 0,
  queuedMs: 0,
  jobs: 0,
});

function workOf({ starts, ends, waits }: StageSpans): Milliseconds {
  let ms = 0;
  for (let call = 0; call < starts.length; call++)
    ms += (ends[call] ?? 0) - (starts[call] ?? 0) - (waits?.[call] ?? 0);
  return ms;
}
