import type { Group } from "../plan/groups.ts";
import type { Piece } from "../plan/pieces.ts";

interface Begun {
  readonly segment: number;
  /** The piece that comes next. */
  readonly number: number;
}

/**
 * Which lane may take which piece of a group: a group in order stays on one lane and takes piece after piece; any other
 * takes a segment's first piece wherever a lane is free, and the rest of that segment there.
 */
export class Turns<Lane> {
  readonly #groups: readonly Group[];
  readonly #homes: readonly (Lane | undefined)[];
  readonly #next: number[];
  readonly #begun: readonly Map<Lane, Begun>[];

  constructor(groups: readonly Group[], lanes: readonly Lane[]) {
    this.#groups = groups;
    let inOrder = 0;
    this.#homes = groups.map((group) => (group.inOrder ? lanes[inOrder++ % lanes.length] : undefined));
    this.#next = groups.map(() => 0);
    this.#begun = groups.map(() => new Map<Lane, Begun>());
  }

  mayTake(lane: Lane, group: number, piece: Piece): boolean {
    if (this.#groups[group]?.inOrder) return this.#homes[group] === lane && this.#next[group] === piece.index;
    const begun = this.#begun[group]?.get(lane);
    return begun ? begun.segment === piece.segment && begun.number === piece.number : piece.number === 0;
  }

  took(lane: Lane, group: number, { index, segment, number, endsSegment }: Piece): void {
    this.#next[group] = index + 1;
    if (endsSegment) this.#begun[group]?.delete(lane);
    else this.#begun[group]?.set(lane, { segment, number: number + 1 });
  }
}
