import assert from "node:assert/strict";
import type { SlowBlocks } from "../../src/core/run/measured/slowBlocks.ts";
import { BlockLog } from "../../src/engine/figures/blockLog.ts";
import { RepeatedBlocks } from "../../src/engine/figures/repeatedBlocks.ts";
import { slowBlocksOf } from "../../src/engine/figures/slowBlocks.ts";
import type { JobResult } from "../../src/engine/worker/lane/laneProtocol.ts";
import { parseDeopts } from "../../src/engine/worker/measuring/deoptLog.ts";
import { jobResult } from "../support/jobResult.ts";

const BLOCKS = 400;
const BLOCK_FRAMES = 480;
const SAMPLE_RATE = 48_000;

/** Blocks of 1 ms each, 10 ms from one to the next, but for those that are said to take longer. */
interface Drawn {
  readonly slow: Readonly<Record<number, number>>;
  readonly collections?: JobResult["collections"];
  readonly looks?: JobResult["looks"];
  /** What they took when they were repeated; 1 ms where nothing is said. */
  readonly again?: Readonly<Record<number, number>>;
  readonly withNoise?: Readonly<Record<number, number>>;
  readonly denormals?: Readonly<Record<number, number>>;
  readonly peak?: (block: number) => number;
  readonly repeated?: boolean;
}

function explained(drawn: Drawn): SlowBlocks {
  const times = (slow: Readonly<Record<number, number>> = {}): Float64Array<ArrayBuffer> =>
    Float64Array.from({ length: BLOCKS }, (_, block) => slow[block] ?? 1);
  const blockMs = times(drawn.slow);
  const blockStarts = Float64Array.from({ length: BLOCKS }, (_, block) => 10 * block);
  const log = new BlockLog(BLOCK_FRAMES);
  log.add({
    result: jobResult({
      blockMs,
      blockStarts,
      spans: [
        {
          stage: 1,
          starts: blockStarts.slice(),
          ends: blockStarts.map((start, block) => start + (blockMs[block] ?? 0)),
          waits: null,
          createMs: 0,
          finishes: 0,
        },
      ],
      collections: drawn.collections ?? [],
      looks: drawn.looks ?? [],
    }),
    lane: 0,
    firstBlock: 0,
    from: 0,
    to: 2,
    segment: 0,
    samples: 0,
    ready: 0,
    sent: 0,
    received: 0,
    sincePassBegan: (time) => time,
  });
  const repeated = new RepeatedBlocks();
  const all = Float32Array.from({ length: BLOCKS }, (_, block) => drawn.peak?.(block) ?? 0.5);
  repeated.addInspected(
    0,
    jobResult({
      blockMs: times(drawn.again),
      inspection: {
        peak: all,
        rms: all.map((peak) => peak / 2),
        clipped: new Uint32Array(BLOCKS),
        crossings: new Uint32Array(BLOCKS).fill(10),
        denormals: Uint32Array.from({ length: BLOCKS }, (_, block) => drawn.denormals?.[block] ?? 0),
        changed: [],
      },
    }),
  );
  repeated.addNoisy(0, jobResult({ blockMs: times(drawn.withNoise) }));
  return slowBlocksOf(log, {
    repeated: drawn.repeated === false ? null : repeated,
    blockFrames: BLOCK_FRAMES,
    sampleRate: SAMPLE_RATE,
    stages: [
      { name: "gain", usualMs: 0 },
      { name: "filter", usualMs: 1 },
    ],
    place: (line) => (line >= 100_000 ? { file: "filter.ts", line: line - 100_000 } : undefined),
  });
}

const range = (from: number, to: number, ms: number): Record<number, number> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, index) => [from + index, ms]));

/** `CAUSE FIRST+BLOCKS`, by episode. */
const drawnEpisodes = ({ episodes }: SlowBlocks): string[] =>
  episodes.map(({ cause, firstBlock, blocks }) => `${cause} ${firstBlock}+${blocks}`);

/** Of the first episode, with plain spaces. */
const evidenceOf = ({ episodes }: SlowBlocks): string =>
  (episodes[0]?.evidence ?? "").replaceAll("\u202f", " ");

describe("slow blocks", () => {
  it("are none where all take as long", () => {
    const { count, episodes, usualMs } = explained({ slow: {} });
    assert.deepEqual([count, episodes], [0, []]);
    assert.ok(Math.abs(usualMs - 1) < 0.001);
  });

  it("have to be longer by what matters beside a block's length: 1 % of 10 ms", () => {
    assert.equal(explained({ slow: { 200: 1.3 } }).count, 0);
    assert.equal(explained({ slow: { 200: 1.5 } }).count, 1);
  });

  it("are first calls where they come first, until none was slow for a while", () => {
    const found = explained({ slow: { ...range(0, 20, 4), 45: 3, 200: 3 } });
    assert.deepEqual(drawnEpisodes(found), ["first calls 0+20", "first calls 45+1", "unexplained 200+1"]);
    assert.match(evidenceOf(found), /^20 of the first 20 blocks took up to 4\.00 ms/);
  });

  it("are slow by a collection that took most of what is above the usual", () => {
    const pause = (start: number, ms: number): JobResult["collections"][number] => ({
      kind: "minor",
      start,
      ms,
    });
    const found = explained({
      slow: { 200: 3, 300: 3 },
      collections: [pause(2000.2, 1.9), pause(3000.2, 0.5)],
    });
    assert.deepEqual(drawnEpisodes(found), ["collection 200+1", "unexplained 300+1"]);
    assert.equal(evidenceOf(found), "Garbage was collected for 1.90 ms of the 2.00 ms that it took longer.");
    assert.deepEqual([found.episodes[0]?.time, found.episodes[0]?.stage], [2, "filter"]);
  });

  it("are slow by another process where the thread waited for a core", () => {
    const found = explained({
      slow: { 200: 3, 300: 3 },
      looks: [
        { block: 200, waitedMs: 1.8, deoptimisations: [] },
        { block: 300, waitedMs: 0.1, deoptimisations: [] },
      ],
    });
    assert.deepEqual(drawnEpisodes(found), ["another process 200+1", "unexplained 300+1"]);
  });

  it("are slow by what V8 took back, until they are as usual again, with line and reason", () => {
    const found = explained({
      slow: { ...range(200, 206, 2), 300: 2 },
      looks: [
        {
          block: 200,
          waitedMs: 0,
          deoptimisations: [{ url: "file:///filter.ts", line: 100_012, reason: "wrong map" }],
        },
      ],
    });
    assert.deepEqual(drawnEpisodes(found), ["deoptimisation 200+6", "unexplained 300+1"]);
    assert.equal(evidenceOf(found), "V8 took compiled code back: filter.ts:12 (wrong map).");
    assert.deepEqual([found.episodes[0]?.file, found.episodes[0]?.line], ["filter.ts", 12]);
  });

  it("are slow by denormals where noise cures what is slow again", () => {
    const slow = range(200, 260, 4);
    const found = explained({ slow, again: slow, denormals: { 210: 480 } });
    assert.deepEqual(drawnEpisodes(found), ["denormals 200+60"]);
    assert.equal(
      evidenceOf(found),
      "With noise of 1e-20 at each stage's input the same blocks take 1.00 ms; up to 480 samples of a block came out denormal.",
    );
  });

  it("are slow by the audio where noise doesn't cure it, and what is different there is said", () => {
    const slow = range(200, 230, 4);
    const found = explained({ slow, again: slow, withNoise: slow, peak: (block) => (slow[block] ? 0 : 0.5) });
    assert.deepEqual(drawnEpisodes(found), ["the audio itself 200+30"]);
    assert.equal(evidenceOf(found), "Repeated, they take as long again: the recording is silent there.");
  });

  it("have a rhythm of their own where always one in so many is slow", () => {
    const slow = Object.fromEntries(Array.from({ length: 40 }, (_, beat) => [10 * beat + 9, 4]));
    const found = explained({ slow, again: slow, withNoise: slow });
    assert.deepEqual(found.byCause, [{ cause: "own rhythm", count: 40 }]);
    assert.match(evidenceOf(found), /^Every 10th block/);
  });

  it("stay unexplained where nothing was seen", () => {
    const found = explained({ slow: { 200: 4 } });
    assert.deepEqual(found.byCause, [{ cause: "unexplained", count: 1 }]);
    assert.match(evidenceOf(found), /^Repeated, it took 1\.00 ms/);
    const unseen = explained({ slow: { 200: 4 }, repeated: false });
    assert.match(evidenceOf(unseen), /^Nothing that was looked at explains the 3\.00 ms/);
  });
});

describe("V8's log of what it takes back", () => {
  it("is read by place and reason, and replacing a loop's code isn't taking it back", () => {
    // As V8 13.6 wrote it.
    const text = `new,MemoryChunk,0x31f6ef040000,262144
code-deopt,104795,832,0x7f3d7800b940,-1,454,deopt-eager,<file:///a/filter.ts:100006:26>,prepare for on stack replacement (OSR)
code-deopt,104993,896,0x7f3d7800bc80,-1,484,deopt-eager,<file:///a/filter.ts:100007:56>,overflow
code-deopt,113299,704,0x7f3d7800c000,3,483,deopt-eager,<file:///a/gain.ts:100107:5> inlined at <file:///a/filter.ts:100007:56>,wrong map
code-deopt,114000,1728,0x7f3d7800d000,-1,500,deopt-eager,<file:///a/gain.ts:100107:5>,exit from OSR'd inner loop
delete,LargeObjectChunk,0x254a3c8c0000
`;
    assert.deepEqual(parseDeopts(text), [
      { url: "file:///a/filter.ts", line: 100_007, reason: "overflow" },
      { url: "file:///a/gain.ts", line: 100_107, reason: "wrong map" },
    ]);
  });
});
