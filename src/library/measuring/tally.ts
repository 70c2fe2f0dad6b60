/** Sums over the calls of one name. */
export class Tally {
  readonly name: string;
  calls = 0;
  totalMs = 0;
  minMs = Infinity;
  maxMs = 0;
  /** Null where it wasn't asked for. */
  memoryBytes: number | null = null;

  constructor(name: string) {
    this.name = name;
  }

  addCall(ms: number): void {
    this.calls += 1;
    this.totalMs += ms;
    if (ms < this.minMs) this.minMs = ms;
    if (ms > this.maxMs) this.maxMs = ms;
  }

  addMemory(bytes: number): void {
    this.memoryBytes = (this.memoryBytes ?? 0) + bytes;
  }

  /** In place, because wrapped functions keep theirs. */
  reset(): void {
    this.calls = 0;
    this.totalMs = 0;
    this.minMs = Infinity;
    this.maxMs = 0;
    this.memoryBytes = null;
  }
}

const tallies = new Map<string, Tally>();

/** Functions and scopes of one name are summed together. */
export function tallyOf(name: string): Tally {
  const known = tallies.get(name);
  if (known) return known;
  const tally = new Tally(name);
  tallies.set(name, tally);
  return tally;
}

export const allTallies = (): Iterable<Tally> => tallies.values();
