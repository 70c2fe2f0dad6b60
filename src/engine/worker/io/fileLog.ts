import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Board } from "../lane/board.ts";
import type { LaneFile } from "./laneIo.ts";

/** A file as a pipeline named it, and how it opened it. */
export interface OpenedAs {
  readonly path: string;
  readonly mode: string;
}

/** One stage's use of one file in one mode. */
export type FileUse = { -readonly [K in keyof LaneFile]: LaneFile[K] };

/** A stage that writes a file per block could fill the memory: of so many the costlier half is kept. */
const MOST_USES = 10_000;

/** What the stages of this thread do with files. */
export class FileLog {
  readonly #board: Int32Array;
  /** By stage, mode and path. */
  readonly #uses = new Map<number, Map<string, Map<string, FileUse>>>();
  #count = 0;
  #leftOut = 0;
  #aside = 0;
  readonly #release = (): void => {
    this.#aside -= 1;
  };
  /** Whether calls count. */
  isOn = true;

  /** @param board says which stage is at work */
  constructor(board: Int32Array) {
    this.#board = board;
  }

  get isAside(): boolean {
    return this.#aside > 0;
  }

  /** Until the answer is called nothing counts: it isn't the pipeline's, or is part of what does count. */
  setAside(): () => void {
    this.#aside += 1;
    return this.#release;
  }

  /** Of the stage at work. */
  use({ path, mode }: OpenedAs): FileUse {
    const stage = this.#board[Board.stage] ?? -1;
    return this.#uses.get(stage)?.get(mode)?.get(path) ?? this.#newUse(stage, mode, path);
  }

  #newUse(stage: number, mode: string, path: string): FileUse {
    if (this.#count >= MOST_USES) this.#dropHalf();
    const modes = this.#uses.get(stage) ?? new Map<string, Map<string, FileUse>>();
    const paths = modes.get(mode) ?? new Map<string, FileUse>();
    const use = { path, stage, mode, opened: 0, calls: 0, bytesRead: 0, bytesWritten: 0, ms: 0 };
    this.#uses.set(stage, modes.set(mode, paths.set(path, use)));
    this.#count += 1;
    return use;
  }

  /** All since it was last taken. */
  take(): { readonly files: LaneFile[]; readonly filesLeftOut: number } {
    const files = this.#all()
      .filter(({ calls }) => calls > 0)
      .map((use) => ({ ...use, path: absolute(use.path) }));
    const filesLeftOut = this.#leftOut;
    this.#uses.clear();
    this.#count = 0;
    this.#leftOut = 0;
    return { files, filesLeftOut };
  }

  #all(): FileUse[] {
    return [...this.#uses.values()].flatMap((modes) =>
      [...modes.values()].flatMap((paths) => [...paths.values()]),
    );
  }

  #dropHalf(): void {
    const dropped = this.#all()
      .sort((a, b) => b.ms - a.ms)
      .slice(MOST_USES / 2);
    for (const { stage, mode, path } of dropped) this.#uses.get(stage)?.get(mode)?.delete(path);
    this.#count -= dropped.length;
    this.#leftOut += dropped.length;
  }
}

function absolute(path: string): string {
  try {
    return path.startsWith("file://") ? fileURLToPath(path) : resolve(path);
  } catch {
    // Of another machine: Node refused it.
    return path;
  }
}
