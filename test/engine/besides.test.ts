import assert from "node:assert/strict";
import { wavBytes } from "../../src/client/sample/audio/wav.ts";
import type { SlowEpisode } from "../../src/core/run/measured/slowBlocks.ts";
import type { Finding, FindingKind, Run } from "../../src/core/run/run.ts";
import type { MeasureSettings } from "../../src/protocol/measureSettings.ts";
import { lineOf, MEASURE_LITTLE, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const SAMPLE_RATE = 8000;
const BLOCK_FRAMES = 256;

/** Takes some hundred microseconds, whatever the numbers. */
const WORK =
  "{ let x = 1; for (let turn = 0; turn < 300_000; turn++) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; } sum ^= x; }";

const stages = (text: string): string =>
  `let sum = 0;\nexport default { blockFrames: ${BLOCK_FRAMES}, stages: {\n${text}\n} };`;

const finding = ({ findings }: Run, kind: FindingKind): Finding | undefined =>
  findings.find((one) => one.kind === kind);

/** Whatever else came upon the block: tests run beside others. */
const episodeAt = (run: Run, block: number): SlowEpisode => {
  const all = run.slowBlocks?.episodes ?? [];
  const found = all.find(
    (one) => one.firstBlock <= block && block * BLOCK_FRAMES < one.firstBlock * BLOCK_FRAMES + one.frames,
  );
  assert.ok(found, `Block ${block} isn't slow: ${JSON.stringify(all, null, 1)}`);
  return found;
};

describe("what a run holds besides times", () => {
  const workspace = profiledWorkspace();

  const profile = (
    text: string,
    measure: Partial<MeasureSettings>,
    seconds = 8,
    change: object = {},
  ): Promise<Run> =>
    workspace.profile(
      {
        "some.pipeline.mjs": text,
        "recording.wav": wavFile({ sampleRate: SAMPLE_RATE, frames: seconds * SAMPLE_RATE }),
      },
      { measure: { ...MEASURE_LITTLE, ...measure }, ...change },
    );

  it("says which collections came into which stage and block", async () => {
    const text = stages(`
      work: () => () => { ${WORK} },
      garbage: () => {
        let block = -1;
        let kept;
        return () => { block += 1; if (block === 120) kept = Array.from({ length: 400_000 }, (_, i) => ({ i })); };
      },`);
    const run = await profile(text, { collections: true, causes: true });
    const pauses = run.collections?.pauses.filter(({ stage }) => stage === "garbage") ?? [];
    assert.ok(pauses.length > 0, "No collection fell into the stage that makes garbage.");
    for (const pause of pauses) {
      assert.deepEqual([pause.block, pause.time], [120, (120 * BLOCK_FRAMES) / SAMPLE_RATE]);
      assert.ok(pause.ms > 0 && pause.atMs > 0);
    }
    const all = run.collections?.totals.filter(({ stage }) => stage === "garbage") ?? [];
    assert.equal(
      all.reduce((sum, { count }) => sum + count, 0),
      pauses.length,
    );
  });

  it("names code that V8 took back, with line and reason", async () => {
    const weigh =
      "(note) => { let all = 0; for (let turn = 0; turn < 200_000; turn++) all += note.weight * turn; return all; }";
    const text = stages(`
      shapes: () => {
        let block = -1;
        const scales = [${weigh}, ${weigh}]; // HERE
        return () => {
          block += 1;
          const note = block < 180 ? { weight: block } : { name: "x", weight: block + 0.5 };
          for (const weigh of scales) sum += weigh(note);
        };
      },`);
    const run = await profile(text, { causes: true });
    const episode = episodeAt(run, 180);
    assert.equal(episode.stage, "shapes");
    assert.ok(
      episode.evidence.includes(`some.pipeline.mjs:${lineOf(text, "// HERE")} (wrong map)`),
      JSON.stringify(episode),
    );
    assert.ok(["deoptimisation", "another process"].includes(episode.cause), episode.cause);
  });

  it("names a function whose first calls come later", async () => {
    const text = stages(`
      kinds: () => {
        let block = -1;
        const early = () => ${WORK};
        const late = () => ${WORK.replace("x = 1", "x = 2")}; // HERE
        return () => { block += 1; if (block < 180) early(); else late(); };
      },`);
    const run = await profile(text, { causes: true });
    const { cause, evidence } = episodeAt(run, 180);
    assert.ok(["first calls", "another process"].includes(cause), cause);
    if (cause === "first calls")
      assert.ok(
        evidence.includes(`V8 compiled late (some.pipeline.mjs:${lineOf(text, "// HERE")})`),
        evidence,
      );
  });

  it("knows what lies in the audio", async () => {
    const text = stages(`
      work: () => ({ channels: [samples], time }) => {
        ${WORK}
        if (samples[0] > 0.5) for (let again = 0; again < 8; again++) { ${WORK} }
      },`);
    const frames = 8 * SAMPLE_RATE;
    const samples = Float32Array.from({ length: frames }, (_, i) =>
      i >= frames / 2 && i < frames / 2 + 2560 ? 0.9 : 0.1,
    );
    const run = await workspace.profile(
      {
        "some.pipeline.mjs": text,
        "recording.wav": wavBytes({ sampleRate: SAMPLE_RATE, channels: [samples] }),
      },
      { measure: { ...MEASURE_LITTLE, causes: true } },
    );
    const loud = run.slowBlocks?.episodes.find(({ cause }) => cause === "the audio itself");
    assert.match(loud?.evidence ?? JSON.stringify(run.slowBlocks), /dB louder there than usual/);
    const there = (loud?.firstBlock ?? 0) * BLOCK_FRAMES - frames / 2;
    assert.ok(there >= 0 && there < 2560, `${there} frames after the sound becomes loud`);
  });

  it("doesn't look for causes, memory or collections where nobody wants them", async () => {
    const run = await profile(stages(`work: () => () => { ${WORK} },`), {}, 1);
    assert.deepEqual([run.slowBlocks, run.stageMemory, run.collections, run.heap], [null, null, null, null]);
    assert.deepEqual(
      run.passes.map(({ kind }) => kind),
      ["timed", "sampled"],
    );
  });

  it("knows what stages allocate, and who", async () => {
    const text = stages(`
      frames: () => () => { sum += new Float32Array(10_000).length; },
      objects: () => () => { sum += make().length; },
      none: () => ({ channels: [samples] }) => { samples[0] = 0; },`).replace(
      "let sum = 0;",
      "let sum = 0;\nfunction make() { return Array.from({ length: 2000 }, (_, i) => [i, i]); }",
    );
    const run = await profile(text, { memory: true, collections: true }, 4);
    const memory = Object.fromEntries(run.stageMemory?.stages.map((one) => [one.stage, one]) ?? []);
    assert.equal(memory["frames"]?.arrayBufferBytesPerCall, 40_000);
    assert.ok((memory["objects"]?.heapBytesPerCall ?? 0) > 2000 * 32);
    assert.ok((memory["none"]?.heapBytesPerCall ?? Infinity) < 4000);
    assert.equal(memory["objects"]?.arrayBufferBytesPerCall, 0);
    // 31.25 blocks a second.
    const perMinute = (40_000 * 31.25 * 60) / 2 ** 20;
    assert.ok(memory["frames"].mbPerAudioMinute >= perMinute);
    const [most] = run.stageMemory?.functions ?? [];
    assert.deepEqual([most?.stage, most?.file], ["objects", "some.pipeline.mjs"]);
    assert.equal(finding(run, "memory-grows"), undefined);
  });

  it("says that memory grows with the recording, and where", async () => {
    const text = stages(
      `keeps: () => { const all = []; return () => { all.push(new Array(4000).fill(sum)); }; }, // HERE`,
    );
    const run = await profile(text, { memory: true }, 10);
    const growth = run.stageMemory?.growth;
    // 4000 pointers a block, 31.25 blocks a second.
    const expected = (4000 * 8 * 31.25 * 60) / 2 ** 20;
    assert.ok(growth && Math.abs(growth.mbPerAudioMinute / expected - 1) < 0.3, JSON.stringify(growth));
    assert.equal(growth.stage, "keeps");
    assert.deepEqual(finding(run, "memory-grows")?.where, {
      stage: "keeps",
      file: "some.pipeline.mjs",
      line: lineOf(text, "// HERE"),
    });
  });

  it("says that a stage has no effect, and not of one that emits or changes a sample", async () => {
    const files = (level: number): Files => ({
      "some.pipeline.mjs": stages(`
        idle: () => () => { ${WORK} },
        emits: ({ emit }) => () => { emit("a", 1); },
        changes: () => ({ channels: [samples] }) => { for (let i = 0; i < samples.length; i++) samples[i] *= 0.5; },`),
      "recording.wav": wavBytes({
        sampleRate: SAMPLE_RATE,
        channels: [new Float32Array(2 * SAMPLE_RATE).fill(level)],
      }),
    });
    const without = async (level: number): Promise<unknown[]> => {
      const { findings } = await workspace.profile(files(level), {
        measure: { ...MEASURE_LITTLE, memory: true },
      });
      return findings.filter(({ kind }) => kind === "stage-without-effect").map(({ where }) => where?.stage);
    };
    assert.deepEqual(await without(0.5), ["idle"]);
    // Of silence nobody can tell.
    assert.deepEqual(await without(0), []);
  });

  it("says that stages don't add up where one starts work and doesn't wait for it", async () => {
    const work = (start: string): string =>
      stages(`leaves: () => () => { ${start} },`).replace(
        "let sum = 0;",
        `let sum = 0;\nconst work = () => { ${WORK} };`,
      );
    const left = await profile(work("Promise.resolve().then(work);"), {}, 8);
    assert.match(finding(left, "adds-up-wrongly")?.text ?? "", /passed outside of all stages/);
    const done = await profile(work("work();"), {}, 8);
    assert.equal(finding(done, "adds-up-wrongly"), undefined);
  });

  it("says what each measurement cost in the pass that the durations are of", async () => {
    const text = stages(`work: () => () => { ${WORK} existsSync("a"); existsSync("b"); },`);
    const measure = { memory: true, collections: true, causes: true, io: true };
    const run = await profile(`import { existsSync } from "node:fs";\n${text}`, measure, 2);
    const overhead = Object.fromEntries(run.measurements?.overhead.map((one) => [one.of, one]) ?? []);
    assert.deepEqual(Object.keys(overhead).sort(), [
      "collections",
      "disturbance",
      "io",
      "memory",
      "series",
      "spans",
    ]);
    const blocks = Math.ceil((2 * SAMPLE_RATE) / BLOCK_FRAMES);
    for (const [of, times] of [
      ["spans", blocks],
      ["io", 2 * blocks],
      ["series", run.totals.wallMs / MEASURE_LITTLE.memoryIntervalMs],
    ] as const) {
      const { nsEach, ms, share } = overhead[of]!;
      assert.ok(nsEach !== null && nsEach > 0, `${of} ${nsEach}`);
      assert.ok(Math.abs(ms - (times * nsEach) / 1e6) < 1e-9, `${of}: ${ms} ms of ${nsEach} ns each`);
      assert.ok(Math.abs(share - ms / run.totals.stagesMs) < 1e-9, `${of}: ${share}`);
    }
    assert.ok(overhead["memory"]!.ms > 0 && overhead["disturbance"]!.ms > 0);
    const little = await profile(text.replaceAll(/existsSync\(.*?\);/g, ""), {}, 0.5);
    assert.deepEqual(
      little.measurements?.overhead.map(({ of }) => of),
      ["spans", "series"],
    );
  });

  it("looks into the heap after a stage", async () => {
    const text = stages(`
      keeps: () => { const voices = []; return () => { voices.push(new Voice(voices.length)); }; },
      after: () => () => {},`).replace(
      "let sum = 0;",
      "let sum = 0;\nclass Voice { constructor(n) { this.n = n; this.tail = new Float32Array(100_000); } }",
    );
    const run = await profile(text, { memory: true, heapAfter: "keeps" }, 1);
    assert.equal(run.heap?.stage, "keeps");
    const contents = run.heap.types.find(({ name }) => name === "system / JSArrayBufferData");
    assert.match(contents?.heldBy.join(" / ") ?? "", /Voice\.tail/);
  });

  it("looks into the heap of a stage that waits, and takes nothing else from that", async () => {
    const text = stages(`
      waits: () => { const kept = []; return async () => { kept.push(new Voice()); await null; }; },`).replace(
      "let sum = 0;",
      "let sum = 0;\nclass Voice { constructor() { this.tail = new Float32Array(100_000); } }",
    );
    const run = await profile(text, { memory: true, heapAfter: "waits" }, 1);
    const contents = run.heap?.types.find(({ name }) => name === "system / JSArrayBufferData");
    assert.match(contents?.heldBy.join(" / ") ?? "", /Voice\.tail/);
    assert.deepEqual(run.stageMemory?.functions, []);
  });

  it("is the same for a pipeline that replaces clocks and adds to arrays, and says so", async () => {
    const text = `
performance.now = () => 0;
Array.prototype.last = function () { return this[this.length - 1]; };
const map = Array.prototype.map;
Array.prototype.map = function (...given) { return map.apply(this, given); };
${stages(`work: () => () => { ${WORK} },`)}`;
    const run = await profile(text, { memory: true, collections: true, causes: true }, 2);
    assert.equal(run.stages[0]?.calls, Math.ceil((2 * SAMPLE_RATE) / BLOCK_FRAMES));
    assert.ok(run.stages[0].selfMs > 1);
    assert.match(
      finding(run, "changed-globals")?.text ?? "",
      /performance\.now, Array\.prototype\.map, Array\.prototype\.last|performance\.now.*Array\.prototype/,
    );
  });

  it("keeps what was measured where a worker dies in the middle", async () => {
    const text = stages(
      `dies: () => ({ time }) => { ${WORK} if (time >= 3) setImmediate(() => { throw new Error("gone"); }); },`,
    );
    const run = await profile(text, {}, 6, { segmentSeconds: 1 });
    assert.equal(run.state, "cancelled");
    assert.ok((run.stages[0]?.calls ?? 0) >= 3 * 31);
    assert.equal(run.lines.length > 0 || run.stages[0]?.selfMs !== 0, true);
    const died = finding(run, "worker-died");
    assert.equal(died?.severity, "error");
    assert.match(died.text, /gone/);
  });

  it("hears a silent tail, where one is asked for", async () => {
    const run = await profile(stages(`work: () => () => { ${WORK} },`), { silentTailSeconds: 2 }, 2);
    assert.equal(run.totals.deadline?.blocks, Math.ceil((4 * SAMPLE_RATE) / BLOCK_FRAMES));
    assert.equal(run.stages[0]?.calls, Math.ceil((2 * SAMPLE_RATE) / BLOCK_FRAMES));
  });

  it("measures other block sizes, where they are asked for", async () => {
    const run = await profile(stages(`work: () => () => { ${WORK} },`), { blockSizes: [64] }, 2);
    const sizes = Object.fromEntries(run.blockSizes.map(({ blockFrames, ...size }) => [blockFrames, size]));
    assert.deepEqual(
      [64, 128, 256, 512].map((frames) => sizes[frames]?.origin),
      ["measured", "split", "measured", "joined"],
    );
    assert.equal(sizes[64]?.blocks, (2 * SAMPLE_RATE) / 64);
  });

  it("counts waiting for promises into a stage's time by the wall clock alone", async () => {
    const text = stages(`waits: () => () => new Promise((resolve) => setTimeout(resolve, 20)),`);
    const cpu = await profile(text, {}, 0.5);
    const wall = await profile(text, { clock: "wall" }, 0.5);
    const blocks = Math.ceil((0.5 * SAMPLE_RATE) / BLOCK_FRAMES);
    // A timer may be a millisecond early, and the first wait is short of what the sampler's start takes.
    assert.ok((wall.stages[0]?.selfMs ?? 0) >= 18 * (blocks - 1));
    assert.equal(wall.totals.stagesMs, wall.stages[0]?.selfMs);
    assert.ok((cpu.stages[0]?.selfMs ?? Infinity) < 0.5 * 20 * blocks);
  });
});
