import assert from "node:assert/strict";
import type { Run } from "../../src/core/run/run.ts";
import { emitted, MEASURE_LITTLE, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** Of the series; the pipeline writes down its own moments, so that nothing depends on how long anything takes. */
const EVERY_MS = 20;
/** So long nothing else happens before and after a moment: some points of the series fall into it, on a busy machine, too. */
const AROUND_MS = 12 * EVERY_MS;
const SEGMENTS = 4;
const HELD_MB = 96;

/**
 * Each segment notes by the system's clock when it was at work and when it waited for a collection. One of them notes when
 * it began to hold a lot of memory, too, and is at work for some points of the series before and after.
 */
const PIPELINE = `import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { threadId } from "node:worker_threads";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const now = () => performance.timeOrigin + performance.now();
const wait = (ms) => { for (const end = now() + ms; now() < end;); };
let held;

export default { blockFrames: 1000, stages: { marks: { scope: "block", create: ({ emit }) => ({ time }) => {
  const began = now();
  wait(${AROUND_MS});
  let filled = null;
  if (time === 2) {
    filled = [now()];
    held = new Uint8Array(${HELD_MB} * 2 ** 20).fill(1);
    filled.push(now());
    wait(${AROUND_MS});
  }
  const collected = [now()];
  collect();
  collected.push(now());
  emit("mark", { thread: threadId, began, ended: now(), filled, collected });
} } } };
`;

interface Mark {
  readonly thread: number;
  readonly began: number;
  readonly ended: number;
  readonly filled: readonly [number, number] | null;
  readonly collected: readonly [number, number];
}

describe("the times of a run", () => {
  const workspace = profiledWorkspace();

  it("lie on one axis, whatever they are of and in whichever worker: within one interval", async () => {
    const run: Run = await workspace.profile(
      {
        "marks.pipeline.mjs": PIPELINE,
        "recording.wav": wavFile({ sampleRate: 1000, frames: SEGMENTS * 1000 }),
      },
      {
        workers: 2,
        segmentSeconds: 1,
        measure: {
          ...MEASURE_LITTLE,
          sampling: false,
          memory: true,
          memoryIntervalMs: EVERY_MS,
          collections: true,
        },
      },
    );
    // Of the run's beginning the run says the millisecond.
    const runBegan = Date.parse(run.time);
    const passBegan = runBegan + (run.passes.find(({ kind }) => kind === "timed")?.startedMs ?? NaN);
    const marks = emitted(run, "mark") as unknown as Mark[];
    assert.equal(marks.length, SEGMENTS);
    assert.equal(new Set(marks.map(({ thread }) => thread)).size, 2);
    const { pool, collections, series } = run;
    assert.ok(pool && collections && series);

    marks.forEach(({ began, ended, collected }, segment) => {
      const job = pool.timeline.segment.indexOf(segment);
      const [from, to] = [pool.timeline.beganMs[job] ?? NaN, pool.timeline.endedMs[job] ?? NaN];
      assertWithin([began, ended], [passBegan + from, passBegan + to], `segment ${segment} in its job`);
      const worker = pool.timeline.worker[job];
      const pauses = collections.pauses.filter((pause) => pause.worker === worker);
      const off = pauses.map(({ atMs, ms }) =>
        outside([passBegan + atMs, passBegan + atMs + ms], [...collected]),
      );
      assert.ok(Math.min(...off) <= EVERY_MS, `a collection is ${Math.min(...off)} ms off`);
    });

    const [began, ended] = marks.find(({ filled }) => filled !== null)?.filled ?? [NaN, NaN];
    const points = series.atMs.map((at, point) => ({ at: runBegan + at, mb: series.memoryMB[point] ?? 0 }));
    const before = points.filter(({ at }) => at < began - EVERY_MS && at > began - AROUND_MS);
    const after = points.filter(({ at }) => at > ended + EVERY_MS && at < ended + AROUND_MS);
    assert.ok(before.length > 0 && after.length > 0, `${before.length} points before, ${after.length} after`);
    const least = Math.max(...before.map(({ mb }) => mb)) + HELD_MB / 2;
    for (const { at, mb } of after) assert.ok(mb > least, `${mb} MB ${at - ended} ms after`);
  });
});

/** By how much a stretch of time reaches out of another one. */
const outside = ([from, to]: readonly number[], [start, end]: readonly number[]): number =>
  Math.max(0, (start ?? NaN) - (from ?? NaN), (to ?? NaN) - (end ?? NaN));

function assertWithin(inner: readonly number[], outer: readonly number[], what: string): void {
  const off = outside(inner, outer);
  assert.ok(off <= EVERY_MS, `${what}: ${off} ms off`);
}
