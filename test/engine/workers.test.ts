import assert from "node:assert/strict";
import type { Run } from "../../src/core/run/run.ts";
import { emitted, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const RATE = 1000;
const BLOCK = 100;
const SEGMENTS = 7;
/** Six whole segments of a second and one of 450 ms: its last block is shorter. */
const FRAMES = 6450;

const square = (frame: number, channel: number): number =>
  (Math.floor(frame / 50) % 2 === 0 ? 1 : -1) / (2 + channel);
const RECORDING = wavFile({
  sampleRate: RATE,
  channels: 2,
  frames: FRAMES,
  sample: square,
  encoding: "float32",
});

const ALL_SCOPES = `
import { definePipeline } from "waveflame";

export default definePipeline({
  name: "All scopes",
  blockFrames: ${BLOCK},
  stages: {
    gain: { scope: "block", create: ({ emit }) => ({ channels, frames }) => {
      for (const samples of channels) for (let i = 0; i < samples.length; i++) samples[i] *= 0.5;
      emit("frames", frames);
    } },
    integrate: ({ emit }) => {
      let sum = 0;
      return ({ channels }) => {
        const [left] = channels;
        for (let i = 0; i < left.length; i++) { sum += left[i]; left[i] = sum / 64; }
        emit("sum", sum);
      };
    },
    follow: { warmUp: 0.25, create: ({ emit }) => {
      let heard = 0;
      emit("made", heard);
      return ({ channels, frames }) => {
        heard += frames;
        channels[1].fill(heard / 1024);
        emit("heard", heard);
      };
    } },
    level: { scope: "block", create: ({ emit }) => ({ channels: [left, right] }) => {
      emit("levels", new Float32Array([Math.max(...left), right[0]]));
    } },
    report: { scope: "file", create: ({ emit, results, audio }) => async () => {
      emit("blocks", results("sum").length);
      let frames = 0, peak = 0, checksum = 0;
      for await (const block of audio()) {
        if (block.startFrame !== frames) throw new Error("A gap before " + block.startFrame);
        frames += block.frames;
        for (const samples of block.channels) for (const x of samples) { peak = Math.max(peak, x); checksum += x; }
      }
      emit("rendered", [frames, peak, checksum]);
    } },
  },
});
`;

describe("the values of a run", () => {
  const workspace = profiledWorkspace();

  const profile = (files: Files, workers: number): Promise<Run> =>
    workspace.profile({ ...files, "recording.wav": RECORDING }, { workers, segmentSeconds: 1 });

  it("are the same for any number of workers", async () => {
    const files = { "all.pipeline.ts": ALL_SCOPES };
    const one = await profile(files, 1);
    const two = await profile(files, 2);
    const four = await profile(files, 4);
    assert.deepEqual(
      [one, two, four].map(({ workers }) => workers.used),
      [1, 2, 4],
    );
    assert.deepEqual(two.results, one.results);
    assert.deepEqual(four.results, one.results);

    // What they are, from the definition of the stages.
    const blocks = Math.ceil(FRAMES / BLOCK);
    assert.deepEqual(emitted(one, "frames"), [...Array<number>(blocks - 1).fill(BLOCK), FRAMES % BLOCK]);
    assert.deepEqual(
      emitted(one, "sum"),
      Array<number>(blocks - 1)
        .fill(0)
        .concat(50 / 4),
    );
    // A restart at each segment of ten blocks, after three blocks of warming up.
    const heard = Array.from({ length: blocks }, (_, block) => {
      const warmed = block < 10 ? 0 : 300;
      return warmed + (block % 10) * BLOCK + (block === blocks - 1 ? FRAMES % BLOCK : BLOCK);
    });
    assert.deepEqual(emitted(one, "heard"), heard);
    assert.deepEqual(emitted(one, "made").length, SEGMENTS);
    const levels = heard.map((frames) => [50 / 4 / 64, frames / 1024]);
    assert.deepEqual(emitted(one, "levels"), levels);
    assert.deepEqual(emitted(one, "blocks"), [blocks]);
    const [[frames, peak]] = emitted(one, "rendered") as [[number, number]];
    assert.deepEqual([frames, peak], [FRAMES, 1300 / 1024]);
    assert.equal(one.stages.map(({ calls }) => calls).join(), [blocks, blocks, blocks, blocks, 1].join());
    assert.deepEqual(
      four.stages.map(({ calls }) => calls),
      one.stages.map(({ calls }) => calls),
    );
  });

  it("are the same where a stage reads so far what an earlier one emitted; it keeps all on one worker", async () => {
    const pipeline = `
export default { name: "So far", blockFrames: ${BLOCK}, stages: {
  measure: { scope: "block", create: ({ emit }) => ({ startFrame }) => emit("start", startFrame) },
  read: ({ emit, results }) => () => {
    const known = results("start");
    emit("known", [known.length, known.at(-1).value, known.at(-1).time]);
  },
} };
`;
    const one = await profile({ "far.pipeline.mjs": pipeline }, 1);
    const four = await profile({ "far.pipeline.mjs": pipeline }, 4);
    assert.deepEqual(four.results, one.results);
    assert.equal(four.workers.used, 1);
    assert.ok(
      four.findings.some(({ kind, where }) => kind === "kept-on-one-worker" && where?.stage === "read"),
    );
    const known = Array.from({ length: 65 }, (_, block) => [
      block + 1,
      block * BLOCK,
      (block * BLOCK) / RATE,
    ]);
    assert.deepEqual(emitted(one, "known"), known);
  });

  it("count what is no number in the recording once, however often it was read", async () => {
    const run = await workspace.profile(
      {
        "reads.pipeline.ts": `export default { blockFrames: 100, stages: {
          block: { scope: "block", create: ({ emit }) => () => emit("block", 1) },
          reads: ({ results }) => () => void results("block"),
        } };`,
        "recording.wav": wavFile({
          sampleRate: RATE,
          frames: FRAMES,
          encoding: "float32",
          sample: (frame) => (frame < 480 ? NaN : 0),
        }),
      },
      { workers: 3, segmentSeconds: 1 },
    );
    const [finding] = run.findings.filter(({ kind }) => kind === "not-a-number-in-recording");
    assert.match(finding?.text ?? "", /^480 samples/);
  });

  it("are the same where stages put out other lengths and a tail", async () => {
    const pipeline = `
import { definePipeline, type Block } from "waveflame";
export default definePipeline({ name: "Lengths", blockFrames: ${BLOCK}, stages: {
  half: { output: { sampleRate: ${RATE / 2}, channelCount: 1 }, create: () => ({ channels: [left], frames, startFrame, time }) => {
    const kept = left!.filter((_, index) => index % 2 === 0);
    return { channels: [kept], frames: kept.length, startFrame, time };
  } },
  hold: ({ sampleRate, channelCount, blockFrames, emit }) => {
    emit("facts", [sampleRate, channelCount, blockFrames]);
    let held: Block | undefined;
    return {
      process(block: Block) {
        const out = held ?? { ...block, channels: [new Float32Array(0)], frames: 0 };
        held = { ...block, channels: block.channels.map((samples) => samples.slice()) };
        return out;
      },
      finish() { return held; },
    };
  },
  listen: { scope: "block", create: ({ emit }) => ({ channels: [samples], frames, startFrame, time }) =>
    emit("heard", [startFrame, frames, time, samples![0]!]) },
  file: { scope: "file", create: ({ emit, audio }) => ({ process() {}, async finish() {
    let frames = 0;
    for await (const block of audio()) frames += block.frames;
    emit("rendered", frames);
  } }) },
} });
`;
    const one = await profile({ "lengths.pipeline.ts": pipeline }, 1);
    assert.deepEqual(emitted(one, "facts"), [[500, 1, 50]]);
    const blocks = Array.from({ length: 65 }, (_, block) => [
      block * 50,
      block === 64 ? 25 : 50,
      block / 10,
      0.5,
    ]);
    assert.deepEqual(emitted(one, "heard"), blocks);
    assert.deepEqual(emitted(one, "rendered"), [FRAMES / 2]);
    const three = await profile({ "lengths.pipeline.ts": pipeline }, 3);
    assert.deepEqual(three.results, one.results);
  });

  it("stay what they were when the author writes into the same array or object again", async () => {
    const run = await workspace.profile(
      {
        "reused.pipeline.ts": `export default { blockFrames: 1000, stages: { reused: ({ emit }) => {
          const pair = [0, [0]]; const facts = { at: 0 };
          return ({ startFrame }) => {
            pair[0] = startFrame; pair[1][0] = startFrame; facts.at = startFrame;
            emit("pair", pair); emit("facts", facts);
          };
        } } };`,
        "recording.wav": wavFile({ sampleRate: 1000, frames: 3000 }),
      },
      { workers: 1 },
    );
    assert.deepEqual(emitted(run, "pair"), [
      [0, [0]],
      [1000, [1000]],
      [2000, [2000]],
    ]);
    assert.deepEqual(emitted(run, "facts"), [{ at: 0 }, { at: 1000 }, { at: 2000 }]);
  });

  it("say once for each block that something came out that is no number, on one worker and on three", async () => {
    const files = {
      "breaks.pipeline.ts": `export default { blockFrames: 100, stages: {
        breaks: { scope: "block", create: () => ({ channels, time }) => { if (time >= 2) channels[1][7] = NaN; } },
        passes: () => () => {},
        after: { scope: "block", create: () => () => {} },
      } };`,
      "recording.wav": RECORDING,
    };
    for (const workers of [1, 3]) {
      const run = await workspace.profile(files, { workers, segmentSeconds: 1 });
      const [finding] = run.findings.filter(({ kind }) => kind === "not-a-number-from-stage");
      assert.match(finding?.text ?? "", /^45 blocks came out/);
    }
  });

  it("stand in order of time, by default the block's, at the end the recording's", async () => {
    const run = await profile(
      {
        "times.pipeline.mjs": `export default { name: "Times", blockFrames: 5000, stages: {
          a: ({ emit }) => ({ process(block) { emit("block", 1); emit("later", 2, block.time + 0.5); }, finish() { emit("end", 3); } }),
          b: { scope: "file", create: ({ emit }) => () => emit("file", 4) },
        } };`,
      },
      1,
    );
    assert.deepEqual(
      run.results.map(({ stage, name, time }) => [stage, name, time]),
      [
        ["a", "block", 0],
        ["a", "later", 0.5],
        ["a", "block", 5],
        ["a", "later", 5.5],
        ["a", "end", 6.45],
        ["b", "file", 6.45],
      ],
    );
  });

  it("reach file stages as the recording is where there are no others", async () => {
    const files = {
      "file.pipeline.mjs": `export default { name: "F", stages: { write: { scope: "file", create: ({ emit, audio }) => async () => {
        let frames = 0;
        for await (const block of audio()) frames += block.frames;
        emit("heard", frames);
      } } } };`,
    };
    const run = await workspace.profile({ ...files, "recording.wav": RECORDING });
    assert.deepEqual(emitted(run, "heard"), [run.audio.frames]);
    assert.equal(run.totals.deadline, null);
  });

  it("take parameters from the request, for one stage or all that declare them", async () => {
    const stage = `{ parameters: { gain: 1, name: "x" }, create: ({ emit, parameters }) => () => emit("parameters", parameters) }`;
    const files = {
      "parameters.pipeline.mjs": `export default { name: "P", blockFrames: 10000, stages: { a: ${stage}, b: ${stage} } };`,
    };
    const parameters = { gain: 2, "b.name": "y", ratio: 4 };
    const run = await workspace.profile({ ...files, "recording.wav": RECORDING }, { parameters });
    assert.deepEqual(emitted(run, "parameters"), [
      { gain: 2, name: "x" },
      { gain: 2, name: "y" },
    ]);
    assert.deepEqual(run.pipeline.parameters, { "a.gain": 2, "a.name": "x", "b.gain": 2, "b.name": "y" });
    assert.deepEqual(run.pipeline.changed, ["a.gain", "b.gain", "b.name"]);
    assert.match(run.findings.find(({ kind }) => kind === "unknown-parameter")?.text ?? "", /"ratio"/);
  });

  it("say which parameters aren't declared, and which were meant", async () => {
    const files = {
      "parameters.pipeline.mjs": `export default { name: "P", blockFrames: 10000, stages: {
        equaliser: { parameters: { amount: 1 }, create: () => () => {}, variants: { plain: () => () => {} } },
        report: { parameters: { wav: "" }, create: () => () => {} },
      } };`,
    };
    const parameters = {
      "equaliser.amuont": 0,
      "report.vaw": "y",
      "report.colour": "red",
      "eqaliser.amount": 0,
      vaw: "z",
      variant: "plian",
      amount: 2,
    };
    const run = await workspace.profile({ ...files, "recording.wav": RECORDING }, { parameters });
    const unknown = run.findings.filter(({ kind }) => kind === "unknown-parameter");
    assert.deepEqual(
      unknown.map(({ text }) => text),
      [
        'Stage "equaliser" declares no parameter "amuont", so it may have changed nothing. Did you mean "amount"?',
        'Stage "report" declares no parameter "vaw", so it may have changed nothing. Did you mean "wav"?',
        'Stage "report" declares no parameter "colour", so it may have changed nothing. Check its spelling.',
        'No stage declares the parameter "eqaliser.amount", so it changed nothing. Did you mean "equaliser.amount"?',
        'No stage declares the parameter "vaw", so it changed nothing. Did you mean "wav"?',
        'No stage has a variant "plian", so all ran as written. Did you mean "plain"?',
      ],
    );
  });
});
