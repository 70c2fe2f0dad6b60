import type { FrameTable } from "../frameTable.ts";
import type { StackTree } from "../stackTree.ts";

/** A frame of the file. */
export interface ListedFrame {
  readonly frame: number;
  /** Where the frame is only a line of the function above it, as Waveflame exports them: that line's file. */
  readonly lineIn: string | null;
  readonly line: number;
}

/** A place in a thread's tree: a node, or one of its lines. */
export interface StackPlace {
  readonly node: number;
  /** 0 for the node itself. */
  readonly line: number;
}

/** Follows the file's frames down a tree. */
export class Stacks {
  readonly listed: readonly ListedFrame[];
  readonly #tree: StackTree;
  readonly #frames: FrameTable;

  constructor(tree: StackTree, listed: readonly ListedFrame[], frames: FrameTable) {
    this.#tree = tree;
    this.listed = listed;
    this.#frames = frames;
  }

  /** @param index of the file's frame */
  below({ node }: StackPlace, index: number): StackPlace {
    const listed = this.listed[index];
    if (!listed) return { node, line: 0 };
    const above = this.#tree.frame[node] ?? -1;
    const isLine = listed.lineIn !== null && above >= 0 && this.#fileOf(above) === listed.lineIn;
    return isLine ? { node, line: listed.line } : { node: this.#tree.child(node, listed.frame), line: 0 };
  }

  add({ node, line }: StackPlace, weight: number, ticks: number): void {
    if (weight <= 0) return;
    if (line > 0) this.#tree.addOnLine(node, line, weight, ticks);
    else this.#tree.addSelf(node, weight, ticks);
  }

  #fileOf(frame: number): string {
    return this.#frames.functions[this.#frames.functionOf(frame)]?.file ?? "";
  }
}

export const TOP: StackPlace = { node: 0, line: 0 };
