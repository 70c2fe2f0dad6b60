import assert from "node:assert/strict";
import { randomFrom } from "../../src/client/sample/audio/random.ts";
import { ReadAhead } from "../../src/engine/memory/readAhead.ts";
import { excerptsOf } from "../../src/engine/plan/excerpts.ts";
import { gridOf } from "../../src/engine/plan/grid.ts";
import type { Group } from "../../src/engine/plan/groups.ts";
import { piecesOf, type Piece } from "../../src/engine/plan/pieces.ts";
import type { Lane } from "../../src/engine/pool/lane.ts";
import { JobParts } from "../../src/engine/pool/jobParts.ts";
import { runSchedule } from "../../src/engine/pool/schedule.ts";
import type { Job, JobResult, SegmentAudio } from "../../src/engine/worker/lane/laneProtocol.ts";
import { jobResult } from "../support/jobResult.ts";

const MB = 2 ** 20;

describe("the pieces of a recording", () => {
  it("are its segments where these are small", () => {
    const segments = gridOf(2_000_000, 44_100, 4096, 10);
    assert.deepEqual(
      piecesOf(segments, 4096, 2).map(({ segment, number, startFrame, frames, endsSegment }) => ({
        index: segment,
        startFrame,
        frames,
        whole: number === 0 && endsSegment,
      })),
      segments.map((segment) => ({ ...segment, whole: true })),
    );
  });

  it("hold at most 4 MB in whole blocks, and end at every grid point", () => {
    // A segment of ten seconds of eight channels at 192 kHz has 61 MB; one of ten minutes of them 3.7 GB.
    for (const seconds of [10, 600]) {
      const segments = gridOf(700 * 192_000, 192_000, 4096, seconds);
      const pieces = piecesOf(segments, 4096, 8);
      let at = 0;
      for (const [index, piece] of pieces.entries()) {
        assert.ok(piece.frames * 8 * 4 <= 4 * MB && piece.frames > 0);
        assert.deepEqual([piece.index, piece.startFrame, piece.startFrame % 4096], [index, at, 0]);
        at += piece.frames;
        const { startFrame = 0, frames = 0 } = segments[piece.segment] ?? {};
        assert.ok(piece.startFrame >= startFrame && at <= startFrame + frames);
        assert.equal(piece.endsSegment, at === startFrame + frames);
        assert.equal(piece.number === 0, piece.startFrame === startFrame);
      }
      assert.equal(at, 700 * 192_000);
    }
  });

  it("are one block where a block is larger", () => {
    assert.deepEqual(
      piecesOf(gridOf(2500, 1000, 1000, 10), 1000, 1, 10).map(({ frames }) => frames),
      [1000, 1000, 500],
    );
  });
});

describe("the excerpts that are sampled", () => {
  it("are the whole recording where it is short", () => {
    const source = { frames: 441_000, sampleRate: 44_100, channelCount: 2 };
    assert.deepEqual(excerptsOf(source, 512), [{ startFrame: 0, frames: 441_000 }]);
  });

  it("are four stretches of whole blocks, thirty seconds or 12 MB in all, from its beginning to its end", () => {
    for (const [sampleRate, channelCount, most] of [
      [44_100, 2, 30 * 44_100],
      [192_000, 8, (12 * MB) / 32],
    ] as const) {
      const frames = 3600 * sampleRate;
      const excerpts = excerptsOf({ frames, sampleRate, channelCount }, 512);
      assert.equal(excerpts.length, 4);
      const held = excerpts.reduce((sum, excerpt) => sum + excerpt.frames, 0);
      assert.ok(held <= most && held > most * 0.98, `${held}`);
      assert.equal(excerpts[0]?.startFrame, 0);
      const last = excerpts[3];
      assert.ok(last && frames - last.startFrame - last.frames < 512);
      for (const { startFrame } of excerpts) assert.equal(startFrame % 512, 0);
    }
  });
});

interface Took {
  readonly lane: number;
  readonly from: number;
  readonly segment: number;
  readonly startFrame: number;
  readonly warmUp: number | null;
}

interface Played {
  readonly took: readonly Took[];
  /** The most frames that were between reading and their end. */
  readonly mostAhead: number;
  readonly reads: number;
  /** Those that began while a lane was at work. */
  readonly readsBeside: number;
  /** How many were read one after the other before a lane took the next piece. */
  readonly fillings: readonly number[];
}

/** Picks one of so many. */
type Choose = (count: number) => number;

const byChance = (seed: number): Choose => {
  const random = randomFrom(seed);
  return (count) => Math.floor(random() * count);
};

/** Runs a schedule on lanes and a reader of which one is done at a time, whichever is chosen. */
async function play(
  groups: readonly Group[],
  laneCount: number,
  pieces: readonly Piece[],
  choose: Choose,
  readAhead = new ReadAhead(),
  dropsAt: readonly number[] = [],
  readsBeside = true,
): Promise<Played> {
  const took: Took[] = [];
  const pending: (() => void)[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => pending.push(resolve));
  let ahead = 0;
  let mostAhead = 0;
  let reads = 0;
  let atWork = 0;
  let besideWork = 0;
  const fillings: number[] = [];
  let lastWas: "read" | "work" = "work";
  const lanes = Array.from({ length: laneCount }, (_, lane): Lane => {
    const call = async (_method: string, job: Job): Promise<JobResult> => {
      const { from, segment, audio, warmUp } = job;
      took.push({ lane, from, segment, startFrame: audio.startFrame, warmUp: warmUp?.startFrame ?? null });
      atWork += 1;
      lastWas = "work";
      await turn();
      atWork -= 1;
      return jobResult({ audio });
    };
    return { channel: { call }, board: new Int32Array(1), parts: new JobParts() } as unknown as Lane;
  });
  const finished = runSchedule({
    lanes,
    groups,
    pieces,
    readAhead,
    mode: "timed",
    readsBeside,
    wantsAudio: false,
    read: async ({ startFrame, frames }): Promise<SegmentAudio> => {
      reads += 1;
      if (lastWas === "work") fillings.push(0);
      lastWas = "read";
      fillings.push((fillings.pop() ?? 0) + 1);
      if (atWork > 0) besideWork += 1;
      ahead += frames;
      mostAhead = Math.max(mostAhead, ahead);
      await turn();
      return { sampleRate: 100, startFrame, blocks: [frames], channels: [] };
    },
    onResult: ({ group, piece: { frames } }) => {
      if (group === groups.length - 1) ahead -= frames;
      return Promise.resolve();
    },
    isOver: () => false,
  });
  const state = { isDone: false };
  void finished.then(() => (state.isDone = true));
  for (let step = 0; !state.isDone; step++) {
    if (dropsAt.includes(step)) readAhead.drop();
    assert.ok(pending.length > 0, "The schedule stands still.");
    const [next] = pending.splice(choose(pending.length), 1);
    next?.();
    await new Promise(setImmediate);
  }
  await finished;
  return { took, mostAhead, reads, readsBeside: besideWork, fillings };
}

/** Plays it in every order in which readers and lanes can be done. @returns how many there are */
async function inEveryOrder(playOne: (choose: Choose) => Promise<void>): Promise<number> {
  let path: { chosen: number; readonly count: number }[] = [];
  for (let orders = 1; ; orders++) {
    let step = 0;
    await playOne((count) => {
      const known = path[step++];
      if (!known) path.push({ chosen: 0, count });
      return known?.chosen ?? 0;
    });
    const turned = path.findLastIndex(({ chosen, count }) => chosen + 1 < count);
    if (turned < 0) return orders;
    path = path.slice(0, turned + 1);
    const last = path[turned];
    if (last) last.chosen += 1;
  }
}

describe("the schedule of a pass", () => {
  const GROUPS: readonly Group[] = [
    { from: 0, to: 1, inOrder: false, warmUp: 0 },
    { from: 1, to: 2, inOrder: true, warmUp: 0 },
    { from: 2, to: 3, inOrder: false, warmUp: 1 },
    { from: 3, to: 4, inOrder: false, warmUp: 0 },
  ];
  /** Segments of five blocks of a second, in pieces of two. */
  const PIECES = piecesOf(gridOf(3270, 100, 100, 5), 100, 1, 800);

  function assertInOrder({ took }: Played): void {
    for (const { from, inOrder, warmUp } of GROUPS) {
      const ofGroup = took.filter((job) => job.from === from);
      const starts = ofGroup.map(({ startFrame }) => startFrame);
      assert.equal(new Set(starts).size, PIECES.length, "Each piece goes through each group.");
      assert.equal(starts.length, PIECES.length, "None goes twice.");
      if (inOrder)
        assert.deepEqual(
          starts,
          [...starts].sort((a, b) => a - b),
        );
      for (const lane of new Set(ofGroup.map((job) => job.lane))) {
        const segments = ofGroup.filter((job) => job.lane === lane).map(({ segment }) => segment);
        const changes = segments.filter((segment, index) => segment !== segments[index - 1]);
        assert.equal(
          changes.length,
          new Set(segments).size,
          "A lane ends a segment before it begins another.",
        );
      }
      for (const segment of new Set(ofGroup.map((job) => job.segment))) {
        const jobs = ofGroup.filter((job) => job.segment === segment);
        assert.equal(new Set(jobs.map(({ lane }) => lane)).size, 1, "A segment stays on one lane.");
        const inTime = jobs.map(({ startFrame }) => startFrame);
        assert.deepEqual(
          inTime,
          [...inTime].sort((a, b) => a - b),
        );
        // The last piece of a whole segment is the fifth block, which lasts as long as the warm-up.
        const heard = warmUp > 0 && segment > 0 ? segment * 500 - 100 : null;
        const [first, ...others] = jobs.map((job) => job.warmUp);
        assert.equal(first, heard);
        assert.ok(others.every((one) => one === null));
      }
    }
  }

  it("takes every piece through every group once, each segment on one lane and in order, whoever is faster", async () => {
    for (const lanes of [2, 3, 5]) {
      for (let seed = 1; seed <= 8; seed++) {
        assertInOrder(await play(GROUPS, lanes, PIECES, byChance(seed)));
        assertInOrder(await play(GROUPS, lanes, PIECES, byChance(seed), new ReadAhead(), [], false));
      }
    }
  });

  it("reads no more ahead than memory allows, and at least one piece", async () => {
    const short = new ReadAhead();
    for (let halving = 0; halving < 9; halving++) short.halve();
    const large = piecesOf(gridOf(20_000_000, 100, 500_000, 5000), 500_000, 1);
    assert.equal((await play(GROUPS, 4, large, byChance(1), short)).mostAhead, 500_000);
    assert.equal((await play(GROUPS, 4, large, byChance(1))).mostAhead, 4_000_000);
  });

  it("reads nothing while a lane is at work where no core is free for it, but twelve pieces before", async () => {
    const long = piecesOf(gridOf(20_000_000, 100, 500_000, 5000), 500_000, 1);
    for (const lanes of [1, 2, 3]) {
      const played = await play(GROUPS, lanes, long, byChance(lanes), new ReadAhead(), [], false);
      assert.deepEqual([played.readsBeside, played.reads, played.mostAhead], [0, 40, 6_000_000]);
      assert.deepEqual(played.fillings, [12, 12, 12, 4]);
    }
    const beside = await play(GROUPS, 2, long, byChance(1));
    assert.ok(beside.readsBeside > 30, `${beside.readsBeside} reads`);
  });

  it("reads again what was given up, and computes nothing twice", async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const played = await play(GROUPS, 3, PIECES, byChance(seed), new ReadAhead(), [3, 9, 17, 40, 41]);
      assertInOrder(played);
      assert.ok(played.reads > PIECES.length, `${played.reads} reads`);
    }
  });

  it("comes to its end whenever memory runs out, in whatever order lanes and reader are done", async () => {
    // Two of these pieces are more than the least that is read ahead.
    const pieces = piecesOf(gridOf(3 * 483_328, 48_000, 4096, 10), 4096, 2);
    assert.deepEqual(
      pieces.map(({ frames }) => frames),
      [483_328, 483_328, 483_328],
    );
    const shapes: readonly (readonly Group[])[] = [
      [
        { from: 0, to: 1, inOrder: true, warmUp: 0 },
        { from: 1, to: 2, inOrder: false, warmUp: 1 },
        { from: 2, to: 3, inOrder: true, warmUp: 0 },
      ],
      [
        { from: 0, to: 1, inOrder: false, warmUp: 0 },
        { from: 1, to: 2, inOrder: true, warmUp: 0 },
      ],
    ];
    for (const groups of shapes) {
      for (const beside of [true, false]) {
        let orders = 0;
        for (let dropAt = 0; dropAt < pieces.length * (groups.length + 1); dropAt++) {
          orders += await inEveryOrder(async (choose) => {
            const { took } = await play(groups, 4, pieces, choose, new ReadAhead(), [dropAt], beside);
            assert.equal(took.length, pieces.length * groups.length);
          });
        }
        assert.ok(orders > 50, `${orders} orders`);
      }
    }
  });

  it("ends where the reading before fails or is given up, without a job", async () => {
    for (const ending of ["fails", "is over"]) {
      let reads = 0;
      const pass = runSchedule({
        lanes: [{ channel: { call: () => assert.fail("No lane has anything to do.") } }] as unknown as Lane[],
        groups: GROUPS,
        pieces: PIECES,
        readAhead: new ReadAhead(),
        mode: "timed",
        readsBeside: false,
        wantsAudio: false,
        read: ({ startFrame, frames }) => {
          reads += 1;
          if (reads === 3 && ending === "fails") return Promise.reject(new Error("the disk is gone"));
          return Promise.resolve({ sampleRate: 100, startFrame, blocks: [frames], channels: [] });
        },
        onResult: () => Promise.resolve(),
        isOver: () => reads === 3 && ending === "is over",
      });
      if (ending === "fails") await assert.rejects(pass, /the disk is gone/);
      else await pass;
      assert.equal(reads, 3);
    }
  });

  it("that fails begins nothing new, and leaves no lane at work", async () => {
    const ends: { job: Job; end: (error?: Error) => void }[] = [];
    const lane = {
      channel: {
        call: (_method: string, job: Job) =>
          new Promise<JobResult>((resolve, reject) => {
            const result = jobResult({ audio: job.audio });
            ends.push({ job, end: (error) => (error ? reject(error) : resolve(result)) });
          }),
      },
    };
    let told = "nothing";
    runSchedule({
      lanes: [lane, lane].map((one) => ({ ...one, parts: new JobParts() })) as unknown as Lane[],
      groups: GROUPS,
      pieces: PIECES,
      readAhead: new ReadAhead(),
      mode: "timed",
      readsBeside: true,
      wantsAudio: false,
      read: ({ startFrame, frames }) =>
        Promise.resolve({ sampleRate: 100, startFrame, blocks: [frames], channels: [] }),
      onResult: () => Promise.resolve(),
      isOver: () => false,
    }).catch((error: unknown) => (told = String(error)));
    await new Promise(setImmediate);
    assert.equal(ends.length, 2);
    ends[1]?.end(new Error("the second lane's"));
    await new Promise(setImmediate);
    assert.deepEqual([ends.length, told], [2, "nothing"]);
    ends[0]?.end(new Error("a later one"));
    await new Promise(setImmediate);
    assert.deepEqual([ends.length, told], [2, "Error: the second lane's"]);
  });
});
