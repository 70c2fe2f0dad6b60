import { now } from "../measuring/clock.ts";
import { Board } from "../lane/board.ts";
import { pathCalls } from "./fileCalls.ts";
import { FileLog } from "./fileLog.ts";
import { OpenFiles } from "./openFiles.ts";
import { synchronous } from "./watchFiles.ts";
import { wrapped } from "./wrapped.ts";

const CALLS = 200;
/** Until V8 has compiled it with its last compiler. */
const WARM_UPS = 40;
const ROUNDS = 21;

/** What counting one call of Node's file functions costs here, in ns: the median of some rounds of a call that does nothing. */
export function callCost(): number {
  const call = pathCalls(new OpenFiles(() => undefined)).get("stat");
  if (!call) return 0;
  const log = new FileLog(new Int32Array(Object.keys(Board).length));
  const nothing = (): void => undefined;
  const counted = wrapped("nothing", nothing, synchronous(nothing, call, log), log);
  const rounds: number[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const start = now();
    for (let at = 0; at < CALLS; at++) counted("file");
    rounds.push(((now() - start) * 1e6) / CALLS);
  }
  const settled = rounds.slice(WARM_UPS).sort((a, b) => a - b);
  return settled[Math.floor(ROUNDS / 2)] ?? 0;
}
