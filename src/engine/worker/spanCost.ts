import { now } from "./clock.ts";
import { SpanRecorder } from "./spanRecorder.ts";

const SPANS = 2000;
const ROUNDS = 15;

/** What timing one stage call costs here, in ns: the median of a few rounds of nothing but that. */
export function spanCost(): number {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const recorder = new SpanRecorder(0, SPANS);
    const start = now();
    for (let span = 0; span < SPANS; span++) recorder.add(now(), now());
    rounds.push(((now() - start) * 1e6) / SPANS);
  }
  rounds.sort((a, b) => a - b);
  return rounds[Math.floor(ROUNDS / 2)] ?? 0;
}
