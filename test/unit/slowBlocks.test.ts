import assert from "node:assert/strict";
import type { SlowBlocks } from "../../src/core/run/measured/slowBlocks.ts";
import { BlockLog } from "../../src/engine/figures/blocks/blockLog.ts";
import { RepeatedBlocks } from "../../src/engine/figures/blocks/repeatedBlocks.ts";
import { slowBlocksOf } from "../../src/engine/figures/blocks/slowBlocks.ts";
import type { JobResult } from "../../src/engine/worker/lane/laneProtocol.ts";
import { BlockLooks } from "../../src/engine/worker/measuring/slowBlocks/blockLooks.ts";
import {
  NO_CODE,
  parseCodeLog,
  type Compilation,
} from "../../src/engine/worker/measuring/slowBlocks/codeLog.ts";
import { now } from "../../src/engine/worker/measuring/clock.ts";
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
  /** The same in a second round; the first one's where nothing is said. */
  readonly secondAgain?: Readonly<Record<number, number>>;
  readonly secondNoise?: Readonly<Record<number, number>>;
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
  const inspect = (slow: Drawn["again"]): void =>
    repeated.addInspected(
      0,
      jobResult({
        blockMs: times(slow),
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
  inspect(drawn.again);
  repeated.addNoisy(0, jobResult({ blockMs: times(drawn.withNoise) }));
  inspect(drawn.secondAgain ?? drawn.again);
  repeated.addNoisy(0, jobResult({ blockMs: times(drawn.secondNoise ?? drawn.withNoise) }));
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

/** What V8 made of a function of filter.ts. */
const compiled = (name: string, line: number, tier: Compilation["tier"]): Compilation => ({
  url: "file:///filter.ts",
  line: 100_000 + line,
  column: 7,
  name,
  tier,
});

const tookBack = (line: number): JobResult["looks"][number]["deoptimisations"] => [
  { url: "file:///filter.ts", line: 100_000 + line, reason: "wrong map" },
];

/** V8's word on the first block, without which nothing is known of what it compiles. */
const BEGINNING = {
  block: 0,
  waitedMs: 0,
  deoptimisations: [],
  compilations: [compiled("filter", 3, "first"), compiled("filter", 3, "optimised")],
};

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

  it("are first calls where a function comes later, as long as V8 compiles it, with its name and line", () => {
    const found = explained({
      slow: { ...range(200, 206, 4), 230: 4 },
      looks: [
        BEGINNING,
        { ...NO_CODE, block: 200, waitedMs: 0, compilations: [compiled("late", 8, "first")] },
        { ...NO_CODE, block: 205, waitedMs: 0, compilations: [compiled("late", 8, "optimised")] },
      ],
    });
    assert.deepEqual(drawnEpisodes(found), ["first calls 200+6", "unexplained 230+1"]);
    assert.equal(
      evidenceOf(found),
      "6 blocks took up to 4.00 ms, repeated they take 1.00 ms: V8 compiled late (filter.ts:8).",
    );
  });

  it("aren't first calls any more where nothing has been compiled for a while", () => {
    const found = explained({ slow: range(0, 40, 4), looks: [BEGINNING] });
    assert.deepEqual(drawnEpisodes(found), ["first calls 0+9", "unexplained 9+31"]);
  });

  it("aren't first calls where V8 optimises what was called long before", () => {
    const optimised = [compiled("filter", 3, "optimised")];
    const found = explained({
      slow: { 0: 9, 100: 4, 200: 4, 202: 4 },
      looks: [
        BEGINNING,
        { ...NO_CODE, block: 100, waitedMs: 0, compilations: optimised },
        { ...NO_CODE, block: 200, waitedMs: 0, compilations: optimised },
        { ...NO_CODE, block: 202, waitedMs: 0, compilations: optimised },
      ],
    });
    assert.deepEqual(drawnEpisodes(found), ["first calls 0+1", "unexplained 100+1", "first calls 200+2"]);
  });

  it("aren't first calls for being near the beginning, where V8 tells what it compiles", () => {
    const slow = { 0: 9, 25: 3, 50: 3, 75: 3 };
    assert.deepEqual(drawnEpisodes(explained({ slow, looks: [BEGINNING] })), [
      "first calls 0+1",
      "unexplained 25+1",
      "unexplained 50+1",
      "unexplained 75+1",
    ]);
  });

  it("are first calls where a new function makes V8 take back what calls it, and not where one is called once", () => {
    const first = compiled("late", 8, "first");
    const both = [first, compiled("late", 8, "optimised")];
    const causeWith = (compilations: readonly Compilation[]): string[] =>
      drawnEpisodes(
        explained({
          slow: { 200: 4 },
          looks: [BEGINNING, { block: 200, waitedMs: 0, deoptimisations: tookBack(12), compilations }],
        }),
      );
    assert.deepEqual(causeWith(both), ["first calls 200+1"]);
    assert.deepEqual(causeWith([first]), ["deoptimisation 200+1"]);
  });

  it("are slow by what V8 took back in a block that waited for a core", () => {
    const found = explained({
      slow: { 200: 9, 201: 3, 202: 3 },
      looks: [BEGINNING, { ...NO_CODE, block: 200, waitedMs: 7, deoptimisations: tookBack(12) }],
    });
    assert.deepEqual(drawnEpisodes(found), ["another process 200+1", "deoptimisation 201+2"]);
  });

  it("aren't slow by a collection between the calls", () => {
    const found = explained({
      slow: { 200: 3 },
      collections: [{ kind: "major", start: 2005, ms: 8 }],
    });
    assert.deepEqual(drawnEpisodes(found), ["unexplained 200+1"]);
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
        { ...NO_CODE, block: 200, waitedMs: 1.8 },
        { ...NO_CODE, block: 300, waitedMs: 0.1 },
      ],
    });
    assert.deepEqual(drawnEpisodes(found), ["another process 200+1", "unexplained 300+1"]);
  });

  it("are slow by what V8 took back, until they are as usual again, with line and reason", () => {
    const found = explained({
      slow: { ...range(200, 206, 2), 300: 2 },
      looks: [
        {
          ...NO_CODE,
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

  it("don't lie in the audio where all blocks have become slower since", () => {
    const slow = range(200, 230, 1.6);
    const again = range(0, BLOCKS, 1.6);
    assert.deepEqual(drawnEpisodes(explained({ slow, again, withNoise: again })), ["unexplained 200+30"]);
  });

  it("lie in the audio by as much again, on a processor that is twice as quick meanwhile", () => {
    const again = { ...range(0, BLOCKS, 0.5), ...range(200, 230, 1.4) };
    const found = explained({ slow: range(200, 230, 4), again, withNoise: again });
    assert.deepEqual(drawnEpisodes(found), ["the audio itself 200+30"]);
  });

  it("lie in the audio where a third of what is above the usual comes each time", () => {
    const causeOf = (again: number): string[] => {
      const repeated = range(200, 230, again);
      return drawnEpisodes(explained({ slow: range(200, 230, 4), again: repeated, withNoise: repeated }));
    };
    assert.deepEqual(causeOf(2.2), ["the audio itself 200+30"]);
    assert.deepEqual(causeOf(1.8), ["unexplained 200+30"]);
  });

  it("aren't slow again where they take a fifth longer", () => {
    const again = range(200, 230, 1.2);
    assert.deepEqual(drawnEpisodes(explained({ slow: range(200, 230, 1.5), again })), ["unexplained 200+30"]);
  });

  it("are slow by the audio or denormals only if they are so each time that they are repeated", () => {
    const slow = range(200, 230, 4);
    const causeOf = (drawn: Partial<Drawn>): string[] => drawnEpisodes(explained({ slow, ...drawn }));
    assert.deepEqual(causeOf({ again: slow, secondAgain: {} }), ["unexplained 200+30"]);
    assert.deepEqual(causeOf({ again: slow, withNoise: slow, secondNoise: {} }), ["the audio itself 200+30"]);
  });

  it("have a rhythm of their own where always one in so many is slow", () => {
    const slow = Object.fromEntries(Array.from({ length: 40 }, (_, beat) => [10 * beat + 9, 4]));
    const found = explained({ slow, again: slow, withNoise: slow });
    assert.deepEqual(found.byCause, [{ cause: "own rhythm", count: 40 }]);
    assert.match(evidenceOf(found), /^One block in 10 takes so long/);
  });

  it("stay unexplained where nothing was seen", () => {
    const found = explained({ slow: { 200: 4 } });
    assert.deepEqual(found.byCause, [{ cause: "unexplained", count: 1 }]);
    assert.match(evidenceOf(found), /^Repeated, it took 1\.00 ms/);
    const unseen = explained({ slow: { 200: 4 }, repeated: false });
    assert.match(evidenceOf(unseen), /^Nothing that was looked at explains the 3\.00 ms/);
  });
});

describe("V8's log of its code", () => {
  it("is read by place and reason, and replacing a loop's code isn't taking it back", () => {
    // As V8 13.6 wrote it.
    const text = `new,MemoryChunk,0x31f6ef040000,262144
code-deopt,104795,832,0x7f3d7800b940,-1,454,deopt-eager,<file:///a/filter.ts:100006:26>,prepare for on stack replacement (OSR)
code-deopt,104993,896,0x7f3d7800bc80,-1,484,deopt-eager,<file:///a/filter.ts:100007:56>,overflow
code-deopt,113299,704,0x7f3d7800c000,3,483,deopt-eager,<file:///a/gain.ts:100107:5> inlined at <file:///a/filter.ts:100007:56>,wrong map
code-deopt,114000,1728,0x7f3d7800d000,-1,500,deopt-eager,<file:///a/gain.ts:100107:5>,exit from OSR'd inner loop
delete,LargeObjectChunk,0x254a3c8c0000
`;
    assert.deepEqual(parseCodeLog(text).deoptimisations, [
      { url: "file:///a/filter.ts", line: 100_007, reason: "overflow" },
      { url: "file:///a/gain.ts", line: 100_107, reason: "wrong map" },
    ]);
  });

  it("is read by function: its first code and what V8 optimised, without the runtime's own functions", () => {
    // As V8 13.6 wrote it.
    const text = `code-creation,JS,9,89377,0xe4d7ac79638,30,now node:internal/perf/performance:137:6,0x341fc51a2688,~
code-creation,JS,9,89606,0xe4d7ac79770,56,kernel file:///a/my%20filter.mjs:100001:23,0x341fc51adf08,~
code-creation,JS,11,89965,0x7fd0a4046180,1004,kernel file:///a/my%20filter.mjs:100001:23,0x341fc51adf08,+
code-creation,JS,10,90356,0x7fd0a4047780,440,kernel file:///a/my%20filter.mjs:100001:23,0x341fc51adf08,^
code-creation,JS,12,92294,0x7fd0a400a880,560, file:///a/my%20filter.mjs:100009:5,0x341fc51ae648,*'
code-creation,JS,9,89344,0xe4d7ac79560,56, :1:20,0x341fc51ae648,~
`;
    const url = "file:///a/my%20filter.mjs";
    assert.deepEqual(parseCodeLog(text).compilations, [
      { url, line: 100_001, column: 23, name: "kernel", tier: "first" },
      { url, line: 100_001, column: 23, name: "kernel", tier: "optimised" },
      { url, line: 100_009, column: 5, name: "", tier: "optimised" },
    ]);
  });
});

describe("the wait of a block for a core", () => {
  const waitOf = (ms: number, waited: number, between: number): number => {
    const queue = { waited: 0 };
    const looks = new BlockLooks(null, import.meta.url, queue);
    looks.begin();
    queue.waited = waited;
    looks.after(0, ms, now() + ms + between);
    return looks.take()[0]?.waitedMs ?? 0;
  };

  it("is what the thread waited since it was looked at last, at most as long as the block", () => {
    assert.ok(Math.abs(waitOf(50, 40, 0) - 40) < 5);
    assert.equal(waitOf(5, 40, 0), 5);
  });

  it("leaves out what passed between the blocks", () => {
    assert.equal(waitOf(50, 40, 60), 0);
    assert.ok(Math.abs(waitOf(50, 40, 10) - 30) < 5);
  });
});
