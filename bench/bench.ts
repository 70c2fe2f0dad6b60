import type { Machine } from "../src/core/run/run.ts";
import type { Figure } from "./report/figure.ts";

/** What every benchmark is given. */
export interface BenchmarkSetting {
  /** Of the project. */
  readonly root: string;
  /** Empty, and removed afterwards. */
  readonly folder: string;
  readonly machine: Machine;
  /** How thorough: `quick` only shows that it works, `full` takes longer than ten minutes. */
  readonly extent: "quick" | "usual" | "full";
  /** One line about what is under way. */
  say(this: void, line: string): void;
}

export type Benchmark = (setting: BenchmarkSetting) => Promise<readonly Figure[]>;
