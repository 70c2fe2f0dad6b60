import { now } from "./clock.ts";
import { SpanRecorder } from "./spanRecorder.ts";

const SPANS = 2000;
/** Until V8 has compiled the loop with its last compiler. */
const WARM_UPS = 40;
const ROUNDS = 21;

/** What timing one stage call costs here, in ns: the median of some rounds of nothing but that. */
export function spanCost(): number {
  const rounds: number[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const recorder = new SpanRecorder(0, SPANS);
    const start = now();
    for (let span = 0; span < SPANS; span++) recorder.add(now(), now());
    rounds.push(((now() - start) * 1e6) / SPANS);
  }
  const settled = rounds.slice(WARM_UPS).sort((a, b) => a - b);
  return settled[Math.floor(ROUNDS / 2)] ?? 0;
}
