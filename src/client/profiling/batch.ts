import pMap from "p-map";
import type { Progress } from "../../protocol/engine.ts";
import { partDone, progressOf } from "./progressText.ts";
import type { Translate } from "../translate.ts";

/** What one recording means for those after it. */
export type AfterOne = "next" | "stop";

/**
 * Profiles recordings with one pipeline, `jobs` at once. One that fails says so itself and never stops the others; where
 * all of them would meet the same, "stop" begins no other. @returns those that weren't begun
 */
export async function profileEach<T>(
  recordings: readonly T[],
  jobs: number,
  profileOne: (recording: T, index: number) => Promise<AfterOne>,
): Promise<T[]> {
  let isStopped = false;
  const left: T[] = [];
  await pMap(
    recordings,
    async (recording, index) => {
      if (isStopped) left.push(recording);
      else if ((await profileOne(recording, index)) === "stop") isStopped = true;
    },
    { concurrency: jobs },
  );
  return left;
}

interface UnderWay {
  readonly name: string;
  progress: Progress | null;
}

/** Where a batch stands, for one line and one bar. */
export class BatchProgress {
  readonly #total: number;
  readonly #t: Translate;
  readonly #underWay = new Map<number, UnderWay>();
  #done = 0;

  constructor(total: number, t: Translate) {
    this.#total = total;
    this.#t = t;
  }

  begin(index: number, name: string): void {
    this.#underWay.set(index, { name, progress: null });
  }

  tell(index: number, progress: Progress): void {
    const one = this.#underWay.get(index);
    if (one) one.progress = progress;
  }

  end(index: number): void {
    if (this.#underWay.delete(index)) this.#done += 1;
  }

  /** 0–1, over all recordings. */
  get part(): number {
    const begun = [...this.#underWay.values()].reduce((sum, one) => sum + partOf(one), 0);
    return (this.#done + begun) / Math.max(1, this.#total);
  }

  /** `speech.wav (2/3): timing, …`; of several at once `1 of 3 done, speech.wav 34 %, music.wav 2 %`. */
  get text(): string {
    const t = this.#t;
    const underWay = [...this.#underWay];
    const [only] = underWay;
    if (only && underWay.length === 1) {
      const [index, { name, progress }] = only;
      const numbered = this.#total > 1 ? `${name} (${index + 1}/${this.#total})` : name;
      return `${numbered}: ${progress ? progressOf(progress, t) : t("starting")}`;
    }
    const parts = underWay.map(([, one]) => `${one.name} ${Math.floor(partOf(one) * 100)}\u202f%`);
    return [t("{0} of {1} done", this.#done, this.#total), ...parts].join(", ");
  }
}

const partOf = ({ progress }: UnderWay): number => (progress ? partDone(progress) : 0);
