import type { Milliseconds } from "../../../units.ts";

/** An event of the Trace Event Format; `ts` and `dur` are microseconds. */
export interface TraceEvent {
  readonly ph: "X" | "C" | "M" | "i";
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly cat?: string;
  readonly ts: number;
  readonly dur?: number;
  /** Of an instant: how far its mark reaches. */
  readonly s?: "t" | "p" | "g";
  readonly args?: Readonly<Record<string, unknown>>;
}

/** One process of the trace: a group of rows whose times count from one moment. */
export class Rows {
  readonly events: TraceEvent[] = [];
  readonly #pid: number;
  readonly #zero: Milliseconds;

  /** @param zero that moment on the trace's clock */
  constructor(pid: number, name: string, zero: Milliseconds = 0) {
    this.#pid = pid;
    this.#zero = zero;
    this.#meta(0, "process_name", { name });
    this.#meta(0, "process_sort_index", { sort_index: pid });
  }

  nameRow(tid: number, name: string): void {
    this.#meta(tid, "thread_name", { name });
    this.#meta(tid, "thread_sort_index", { sort_index: tid });
  }

  span(
    tid: number,
    name: string,
    cat: string,
    startMs: Milliseconds,
    ms: Milliseconds,
    args: Readonly<Record<string, unknown>> = {},
  ): void {
    const ts = this.#timestamp(startMs);
    this.events.push({ ph: "X", pid: this.#pid, tid, name, cat, ts, dur: inUs(ms), args });
  }

  counter(name: string, atMs: Milliseconds, value: number): void {
    this.events.push({
      ph: "C",
      pid: this.#pid,
      tid: 0,
      name,
      ts: this.#timestamp(atMs),
      args: { [name]: value },
    });
  }

  mark(tid: number, name: string, atMs: Milliseconds, args: Readonly<Record<string, unknown>>): void {
    this.events.push({ ph: "i", s: "p", pid: this.#pid, tid, name, ts: this.#timestamp(atMs), args });
  }

  #timestamp(ms: Milliseconds): number {
    return inUs(this.#zero + ms);
  }

  #meta(tid: number, name: string, args: Readonly<Record<string, unknown>>): void {
    this.events.push({ ph: "M", pid: this.#pid, tid, name, ts: 0, args });
  }
}

/** To the nanosecond. */
const inUs = (ms: Milliseconds): number => Math.round(ms * 1e6) / 1000;
