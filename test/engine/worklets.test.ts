import assert from "node:assert/strict";
import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import { steadyFindings } from "../support/findings.ts";
import { emitted, lineOf, profiledWorkspace, type Change, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const RATE = 48_000;
/** Three quanta and 16 frames; values that single precision holds exactly. */
const FRAMES = 400;
const ramp = (frame: number): number => (frame % 64) / 128;
const RECORDING = {
  "recording.wav": wavFile({ encoding: "float32", sampleRate: RATE, frames: FRAMES, sample: ramp }),
};

/** A second stage that emits each sample it hears. */
const HEAR = `hear: ({ emit }) => ({ channels, frames }) => {
  for (let i = 0; i < frames; i++) emit("heard", channels[0][i]);
}`;

const GAIN = `
class Gain extends AudioWorkletProcessor {
  static get parameterDescriptors() {
    return [{ name: "gain", defaultValue: 0.5, minValue: 0, maxValue: 4 }];
  }
  process([input], [output], { gain }) {
    output.forEach((samples, channel) => {
      for (let i = 0; i < samples.length; i++) samples[i] = input[channel][i] * (gain.length > 1 ? gain[i] : gain[0]);
    });
    return true;
  }
}
registerProcessor("gain", Gain);
`;

const pipeline = (stages: string): string =>
  `import { definePipeline, worklet } from "waveflame";\nexport default definePipeline({ name: "Worklets", stages: {\n${stages}\n} });\n`;

describe("an AudioWorklet processor", () => {
  const workspace = profiledWorkspace();

  const profile = (files: Files, change: Change = {}): Promise<Run> =>
    workspace.profile({ ...RECORDING, ...files }, change);
  const alone = (text: string, change: Change = {}): Promise<Run> =>
    profile({ "processor.js": text }, { pipeline: join(workspace.path, "processor.js"), ...change });

  it("is a pipeline of one stage by itself, in blocks of a render quantum", async () => {
    const run = await alone(GAIN);
    assert.deepEqual(
      run.stages.map(({ name, file, line, calls }) => ({ name, file, line, calls })),
      [{ name: "gain", file: "processor.js", line: lineOf(GAIN, "class Gain"), calls: 5 }],
    );
    assert.equal(run.pipeline.blockFrames, 128);
    assert.equal(run.totals.deadline?.budgetMs, (128 / RATE) * 1000);
    assert.equal(run.pipeline.parameters["gain.gain"], 0.5);
    assert.deepEqual(steadyFindings(run), []);
  });

  it("gets a parameter's default, the pipeline's constant, and that of the run", async () => {
    const constant = pipeline(`gain: worklet("./gain.js", { parameters: { gain: 2 } }), ${HEAR}`);
    const defaults = pipeline(`gain: worklet("./gain.js"), ${HEAR}`);
    for (const [text, parameters, gain] of [
      [defaults, {}, 0.5],
      [constant, {}, 2],
      [constant, { gain: 3 }, 3],
    ] as const) {
      const run = await profile({ "main.pipeline.mjs": text, "gain.js": GAIN }, { parameters });
      const expected = Array.from({ length: FRAMES }, (_, frame) => ramp(frame) * gain);
      assert.deepEqual(emitted(run, "heard"), expected);
    }
  });

  it("may be a variant of another, with parameters of its own", async () => {
    const text = pipeline(
      `gain: { ...worklet("./gain.js"), variants: { loud: worklet("./gain.js", { parameters: { gain: 2 } }) } }, ${HEAR}`,
    );
    for (const [parameters, gain] of [
      [{}, 0.5],
      [{ "gain.variant": "loud" }, 2],
      [{ "gain.variant": "loud", gain: 3 }, 3],
    ] as const) {
      const run = await profile({ "main.pipeline.mjs": text, "gain.js": GAIN }, { parameters });
      assert.equal(emitted(run, "heard")[1], ramp(1) * gain);
    }
  });

  it("hears its parameters move, sample by sample", async () => {
    const times = { start: 100 / RATE, end: 200 / RATE };
    const run = await profile({
      "main.pipeline.mjs": pipeline(
        `gain: worklet(new URL("./gain.js", import.meta.url), { parameters: { gain: [
          { time: ${times.start}, value: 0 }, { time: ${times.end}, value: 1 }, { time: ${300 / RATE}, value: 3, ramp: "none" },
        ] } }), ${HEAR}`,
      ),
      "gain.js": GAIN,
    });
    const gainAt = (frame: number): number =>
      frame < 100 ? 0 : frame < 200 ? (frame - 100) / 100 : frame < 300 ? 1 : 3;
    emitted(run, "heard").forEach((heard, frame) => {
      const expected = ramp(frame) * gainAt(frame);
      assert.ok(
        Math.abs(Number(heard) - expected) < 1e-7,
        `frame ${frame}: ${String(heard)}, not ${expected}`,
      );
    });
  });

  it("holds the parameters of a k-rate at their first value, and within their limits", async () => {
    const run = await profile({
      "main.pipeline.mjs": pipeline(
        `note: worklet("./note.js", { parameters: { k: [{ time: 0, value: 0 }, { time: ${384 / RATE}, value: 3 }], far: 9 } })`,
      ),
      "note.js": `registerProcessor("note", class extends AudioWorkletProcessor {
        static parameterDescriptors = [{ name: "k", automationRate: "k-rate" }, { name: "far", maxValue: 2 }];
        process(inputs, outputs, { k, far }) { this.port.postMessage([k.length, k[0], far.length, far[0]]); return true; }
      });`,
    });
    assert.deepEqual(emitted(run, "message").slice(0, 3), [
      [1, 0, 1, 2],
      [1, 1, 1, 2],
      [1, 2, 1, 2],
    ]);
  });

  it("counts frames and seconds, and ends with a quantum filled up with silence", async () => {
    const run = await alone(`registerProcessor("count", class extends AudioWorkletProcessor {
      process([[samples]], [[out]]) {
        this.port.postMessage({ currentFrame, currentTime, sampleRate, renderQuantumSize, length: samples.length, end: samples[16] });
        return true;
      }
    });`);
    const expected = [0, 128, 256, 384].map((currentFrame) => ({
      currentFrame,
      currentTime: currentFrame / RATE,
      sampleRate: RATE,
      renderQuantumSize: 128,
      length: 128,
      end: currentFrame === 384 ? 0 : ramp(currentFrame + 16),
    }));
    assert.deepEqual(emitted(run, "message"), expected);
    assert.deepEqual(
      run.results.map(({ time }) => time),
      expected.map(({ currentTime }) => currentTime),
    );
  });

  it("puts out the recording's frames, whatever the pipeline's blocks are", async () => {
    for (const blockFrames of [50, 128, 300, 512]) {
      const text = pipeline(`gain: worklet("./gain.js"), ${HEAR}`).replace(
        "name:",
        `blockFrames: ${blockFrames}, name:`,
      );
      const run = await profile({ "main.pipeline.mjs": text, "gain.js": GAIN });
      assert.deepEqual(
        emitted(run, "heard"),
        Array.from({ length: FRAMES }, (_, frame) => ramp(frame) / 2),
        `blocks of ${blockFrames}`,
      );
    }
  });

  it("renders in another quantum where one is asked for", async () => {
    const run = await alone(
      `registerProcessor("size", class extends AudioWorkletProcessor {
        process([[samples]]) { this.port.postMessage([samples.length, renderQuantumSize]); return true; }
      });`,
      { parameters: { renderQuantumSize: 200 } },
    );
    assert.deepEqual(emitted(run, "message"), [
      [200, 200],
      [200, 200],
    ]);
    assert.equal(run.pipeline.blockFrames, 200);
    assert.deepEqual(steadyFindings(run), []);
  });

  it("sees a browser's scope and nothing of Node's", async () => {
    const absent = [
      "process",
      "require",
      "module",
      "Buffer",
      "global",
      "setTimeout",
      "setImmediate",
      "performance",
      "fetch",
      "window",
      "document",
      "structuredClone",
      "queueMicrotask",
      "crypto",
    ];
    const present = [
      "AudioWorkletProcessor",
      "AudioWorkletGlobalScope",
      "registerProcessor",
      "console",
      "WebAssembly",
      "TextDecoder",
      "TextEncoder",
      "URL",
      "AbortController",
      "EventTarget",
      "Event",
      "MessagePort",
      "SharedArrayBuffer",
    ];
    const text = `registerProcessor("scope", class extends AudioWorkletProcessor {
      constructor() {
        super();
        const typeOf = (name) => typeof globalThis[name];
        this.port.postMessage(${JSON.stringify(absent)}.filter((name) => typeOf(name) !== "undefined"));
        this.port.postMessage(${JSON.stringify(present)}.filter((name) => typeOf(name) === "undefined"));
        this.port.postMessage([typeof process, typeof require, typeof port.postMessage, this.port instanceof MessagePort]);
      }
      process(inputs, outputs) {
        if (currentFrame > 0) return true;
        this.inputs = inputs;
        this.port.postMessage([
          Array.isArray(inputs), Object.isFrozen(inputs), Object.isFrozen(inputs[0]),
          inputs[0][0] instanceof Float32Array, outputs[0][0] instanceof Float32Array, inputs instanceof Array,
        ]);
        return true;
      }
    });`;
    const run = await alone(text);
    assert.deepEqual(emitted(run, "message"), [
      [],
      [],
      ["undefined", "undefined", "function", true],
      [true, true, true, true, true, true],
    ]);
    const given = await profile({
      "main.pipeline.mjs": pipeline(`scope: worklet("./scope.js", { globals: ["performance"] })`),
      "scope.js": `registerProcessor("scope", class extends AudioWorkletProcessor {
        process() { this.port.postMessage(typeof performance.now()); return true; } });`,
    });
    assert.equal(emitted(given, "message")[0], "number");
  });

  it("gets the same arrays again, outputs silent", async () => {
    const run = await alone(`registerProcessor("same", class extends AudioWorkletProcessor {
      process(inputs, outputs) {
        const [[out]] = outputs;
        this.port.postMessage([inputs === this.inputs, outputs === this.outputs, out.every((x) => x === 0)]);
        this.inputs = inputs;
        this.outputs = outputs;
        out.fill(1);
        return true;
      }
    });`);
    assert.deepEqual(emitted(run, "message").slice(0, 2), [
      [false, false, true],
      [true, true, true],
    ]);
  });

  it("gets options and messages as structured clones of its own realm, before the first quantum", async () => {
    const run = await profile({
      "main.pipeline.mjs": pipeline(`echo: worklet("./echo.js", {
        processorOptions: { taps: new Float32Array([1, 2]) },
        messages: [{ seed: new Map([["a", 1]]) }, "second"],
      })`),
      "echo.js": `registerProcessor("echo", class extends AudioWorkletProcessor {
        constructor({ processorOptions, numberOfInputs, numberOfOutputs }) {
          super();
          const { taps } = processorOptions;
          this.port.postMessage([taps instanceof Float32Array, taps[1], numberOfInputs, numberOfOutputs]);
          this.port.onmessage = ({ data }) => {
            this.port.postMessage(data.seed instanceof Map ? data.seed.get("a") : data);
          };
        }
        process() { if (currentFrame === 0) this.port.postMessage("first quantum"); return false; }
      });`,
    });
    assert.deepEqual(emitted(run, "message"), [[true, 2, 1, 1], 1, "second", "first quantum"]);
  });

  it("is called for as long as an input is connected, whatever it returns", async () => {
    const run = await alone(`registerProcessor("done", class extends AudioWorkletProcessor {
      process([input]) { this.port.postMessage(input.length); return false; } });`);
    assert.deepEqual(emitted(run, "message"), [1, 1, 1, 1]);
  });

  it("is left alone after false where no input is connected, and falls silent", async () => {
    const run = await profile({
      "main.pipeline.mjs": pipeline(`synth: worklet("./synth.js", { inputConnected: false }), ${HEAR}`),
      "synth.js": `registerProcessor("synth", class extends AudioWorkletProcessor {
        process([input], [output]) {
          this.port.postMessage(input.length);
          output[0].fill(0.25);
          return currentFrame < 128;
        }
      });`,
    });
    assert.deepEqual(emitted(run, "message"), [0, 0]);
    assert.deepEqual(
      emitted(run, "heard"),
      Array.from({ length: FRAMES }, (_, frame) => (frame < 256 ? 0.25 : 0)),
    );
  });

  it("passes on what it hears where it has no output, up to the last quantum", async () => {
    const run = await profile({
      "main.pipeline.mjs": pipeline(`meter: worklet("./meter.js", { numberOfOutputs: 0 }), ${HEAR}`),
      "meter.js": `registerProcessor("meter", class extends AudioWorkletProcessor {
        process([[samples]], outputs) { this.port.postMessage([outputs.length, samples[1]]); return true; }
      });`,
    });
    assert.deepEqual(
      emitted(run, "message"),
      [0, 128, 256, 384].map((start) => [0, ramp(start + 1)]),
    );
    assert.deepEqual(
      emitted(run, "heard"),
      Array.from({ length: FRAMES }, (_, frame) => ramp(frame)),
    );
  });

  it("has as many channels as it is made for, and none in inputs that aren't connected", async () => {
    const run = await profile({
      "main.pipeline.mjs": pipeline(
        `wide: worklet("./wide.js", { numberOfInputs: 2, numberOfOutputs: 2, outputChannelCount: [2, 3] }),
         hear: ({ emit }) => ({ channels }) => { emit("heard", channels.map(([first]) => first)); }`,
      ),
      "wide.js": `registerProcessor("wide", class extends AudioWorkletProcessor {
        process(inputs, outputs) {
          this.port.postMessage([inputs.map((input) => input.length), outputs.map((output) => output.length)]);
          outputs[0].forEach((samples, channel) => samples.fill(channel + 1));
          return true;
        }
      });`,
    });
    assert.deepEqual(emitted(run, "message")[0], [
      [1, 0],
      [2, 3],
    ]);
    assert.deepEqual(emitted(run, "heard")[0], [1, 2]);
  });

  it("rings out after the recording until it returns false, where a tail is asked for", async () => {
    const run = await profile({
      "main.pipeline.mjs": pipeline(
        `ring: worklet("./ring.js", { tailSeconds: 1 }), ${HEAR.replace("frames })", "frames, startFrame })")}`,
      ),
      "ring.js": `registerProcessor("ring", class extends AudioWorkletProcessor {
        process([input], [output]) {
          if (input.length === 0) this.left = (this.left ?? 3) - 1;
          output[0].fill(1);
          return this.left !== 0;
        }
      });`,
    });
    assert.equal(emitted(run, "heard").length, FRAMES + 3 * 128);
  });

  it("may be TypeScript that imports files and packages", async () => {
    const run = await profile(
      {
        "squeeze.ts": `
import { type Curve, soft } from "./curve";
import { twice } from "maths";
import half from "old-maths";
interface Options { readonly processorOptions?: unknown }
class Squeeze extends AudioWorkletProcessor {
  readonly #curve: Curve = soft;
  constructor(options: Options) { super(options); }
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    outputs[0]![0]!.forEach((_, i, out) => { out[i] = this.#curve(inputs[0]![0]![i]!); });
    if (currentFrame === 0) this.port.postMessage([twice(21), half(84), import.meta.url.endsWith("/squeeze.ts")]);
    return true;
  }
}
registerProcessor("squeeze", Squeeze);
`,
        "curve.ts": `export type Curve = (x: number) => number;\nexport const soft: Curve = (x) => Math.tanh(x);\n`,
        "node_modules/maths/package.json": `{"name":"maths","exports":{"node":"./node.cjs","browser":"./web.js"}}`,
        "node_modules/maths/node.cjs": `throw new Error("This is for Node.");`,
        "node_modules/maths/web.js": `export const twice = (x) => 2 * x;`,
        "node_modules/old-maths/package.json": `{"name":"old-maths","main":"index.js"}`,
        "node_modules/old-maths/index.js": `module.exports = (x) => x / require("./two");`,
        "node_modules/old-maths/two.js": `module.exports = 2;`,
      },
      { pipeline: join(workspace.path, "squeeze.ts") },
    );
    assert.deepEqual(emitted(run, "message"), [[42, 42, true]]);
    assert.deepEqual(
      run.pipeline.files.map(({ file }) => file),
      ["squeeze.ts", "curve.ts"],
    );
  });

  it("may be registered by a file that the named one imports", async () => {
    const run = await profile(
      { "entry.ts": `import "./gain.js";\n`, "gain.js": GAIN },
      { pipeline: join(workspace.path, "entry.ts") },
    );
    assert.deepEqual(
      run.stages.map(({ name, file, line }) => ({ name, file, line })),
      [{ name: "gain", file: "gain.js", line: lineOf(GAIN, "class Gain") }],
    );
  });

  it("may compile WebAssembly in its constructor; what its promises do is its own work", async () => {
    const run = await alone(`registerProcessor("wasm", class extends AudioWorkletProcessor {
      constructor() {
        super();
        const bytes = Uint8Array.of(${[...ADD_WASM].join()});
        WebAssembly.instantiate(bytes).then(({ instance }) => { this.add = instance.exports.add; });
      }
      process() {
        this.port.postMessage(this.add ? this.add(2, 3) : "not ready");
        void (async () => { await null; await null; this.port.postMessage("after"); })();
        return true;
      }
    });`);
    assert.deepEqual(emitted(run, "message").slice(0, 4), [5, "after", 5, "after"]);
    assert.equal(run.stages[0]?.asynchronous, false);
  });

  it("of several is the first one registered or the one asked for, and the run says which were left", async () => {
    const two = `
registerProcessor("a", class extends AudioWorkletProcessor { process() { return true; } });
registerProcessor("b", class extends AudioWorkletProcessor { process() { return true; } });
`;
    const first = await alone(two);
    assert.deepEqual(
      first.stages.map(({ name }) => name),
      ["a"],
    );
    assert.deepEqual(
      steadyFindings(first).map(({ kind, text }) => ({ kind, text })),
      [
        {
          kind: "processors-left",
          text: `processor.js:2: processor.js registers 2 processors, and the first one, "a", was run. For "b" set the parameter processor to the name.`,
        },
      ],
    );
    const asked = await alone(two, { parameters: { processor: "b" } });
    assert.deepEqual(
      asked.stages.map(({ name }) => name),
      ["b"],
    );
    assert.deepEqual(steadyFindings(asked), []);
  });

  it("has its lines' shares as its loops' turns are, three to one", async () => {
    const loop = (turns: number): string =>
      `for (let turn = 0; turn < ${turns}; turn++) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; }`;
    const text = `
class Spin extends AudioWorkletProcessor {
  #sum = 1;
  process() {
    let x = this.#sum;
    ${loop(30_000)} // THREE
    ${loop(10_000)} // ONE
    this.#sum = x;
    return true;
  }
}
registerProcessor("spin", Spin);
`;
    const run = await profile(
      { "processor.js": text, "recording.wav": wavFile({ sampleRate: 8000, frames: 16_000 }) },
      { pipeline: join(workspace.path, "processor.js"), samplingBudgetMs: 800 },
    );
    const shareAt = (marker: string): number =>
      run.lines.find(({ line }) => line === lineOf(text, marker))?.share ?? 0;
    assert.ok(Math.abs(shareAt("THREE") - 0.75) < 0.1, `${shareAt("THREE")} is three quarters`);
    assert.ok(Math.abs(shareAt("ONE") - 0.25) < 0.1, `${shareAt("ONE")} is one quarter`);
    assert.ok(run.callTree.functions.some(({ name, kind }) => name === "process" && kind === "source"));
  });
});

/** (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)) */
const ADD_WASM = Buffer.from(
  "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b",
  "hex",
);
