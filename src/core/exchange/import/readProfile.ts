import type { Imported } from "../../run/measured/imported.ts";
import type { FrameTable } from "./frameTable.ts";
import type { StackTree } from "./stackTree.ts";

/** A profile from elsewhere, as far as all formats have it in common. */
export interface ForeignProfile {
  readonly format: Imported["format"];
  readonly tool: string | null;
  readonly unit: Imported["unit"];
  readonly frames: FrameTable;
  readonly threads: readonly ForeignThread[];
  /** Weight units in a millisecond; 1 where the weights aren't times. */
  readonly perMs: number;
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

export interface ForeignThread {
  readonly name: string;
  readonly tree: StackTree;
  /** From its first to its last sample, idle or not, in the profile's unit; null where only its work is known. */
  readonly elapsed: number | null;
  /** Samples that its shares come from; null where they are exact. */
  readonly samples: number | null;
}

/** What a reader is told besides the text. */
export interface ReaderOptions {
  readonly workspace: string | null;
}
