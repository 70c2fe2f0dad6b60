import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Counts } from "../../src/core/run/measured/counts.ts";
import type { Run } from "../../src/core/run/run.ts";
import {
  emitted,
  lineOf,
  MEASURE_LITTLE,
  profiledWorkspace,
  type Change,
  type Files,
} from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const BLOCK = 256;
const CHANNELS = 2;
const RECORDING = {
  "recording.wav": wavFile({ sampleRate: 8000, frames: 20 * BLOCK, channels: CHANNELS }),
};
const COUNTED: Change = { measure: { ...MEASURE_LITTLE, counts: true } };

/** @param stages what stands between the braces of `stages` */
const pipeline = (stages: string, before = ""): string =>
  `${before}\nexport default { name: "Counted", blockFrames: ${BLOCK}, stages: {\n${stages}\n} };\n`;

describe("the counts of a run", () => {
  const workspace = profiledWorkspace();

  const profile = (files: Files, change: Change = {}): Promise<Run> =>
    workspace.profile({ ...RECORDING, ...files }, { ...COUNTED, ...change });

  async function countsOf(files: Files, change?: Change): Promise<Counts> {
    const { counts, findings } = await profile(files, change);
    assert.ok(counts, JSON.stringify(findings));
    assert.ok(counts.frames > 0 && counts.frames % BLOCK === 0, `${counts.frames} frames`);
    return counts;
  }

  /** However many blocks there was time for, each counts the same. */
  const blocksOf = ({ frames }: Counts): number => frames / BLOCK;

  /** `HITS`, `HITS, loop ENTRIES ITERATIONS` for each line of a file that has any, per block and over all stages. */
  function perBlock(counts: Counts, file: string, stage?: string): Map<number, string> {
    const blocks = blocksOf(counts);
    const isMeant = (one: { readonly file: string; readonly stage: string }): boolean =>
      one.file === file && (stage ?? one.stage) === one.stage;
    const words = new Map<number, string>();
    for (const { line, hits } of counts.lines.filter(isMeant)) words.set(line, String(hits / blocks));
    for (const { line, entries, iterations } of counts.loops.filter(isMeant))
      words.set(line, `${words.get(line) ?? ""}, loop ${entries / blocks} ${iterations / blocks}`);
    return words;
  }

  /** By what stands after `// =` in each line of a loop; others are there when a sample fell into them. */
  function assertCounted(counts: Counts, file: string, text: string, stage?: string): void {
    const expected = text.split("\n").flatMap((line, index): [number, string][] => {
      const [, words] = /\/\/ = (.*)$/.exec(line) ?? [];
      return words === undefined ? [] : [[index + 1, words]];
    });
    const isInLoop = (at: number): boolean =>
      counts.loops.some(({ file: of, line, endLine }) => of === file && line <= at && at <= endLine);
    const found = [...perBlock(counts, file, stage)].sort(([a], [b]) => a - b);
    assert.deepEqual(
      found.filter(([line]) => isInLoop(line)),
      expected,
    );
  }

  const callsOf = ({ functions }: Counts, name: string, stage?: string): number[] =>
    functions
      .filter((one) => one.name === name && (stage ?? one.stage) === one.stage)
      .map(({ calls }) => calls);

  it("are exact for nested loops: channels times frames times taps", async () => {
    const main = pipeline(`
  fir: () => ({ channels }) => {
    for (const samples of channels) { // = 1, loop 1 ${CHANNELS}
      for (let i = 0; i < samples.length; i++) { // = ${CHANNELS}, loop ${CHANNELS} ${CHANNELS * BLOCK}
        let sum = 0; // = ${CHANNELS * BLOCK}
        for (let tap = 0; tap < 7; tap++) sum += samples[i - tap] ?? 0; // = ${CHANNELS * BLOCK}, loop ${CHANNELS * BLOCK} ${CHANNELS * BLOCK * 7}
        samples[i] = sum; // = ${CHANNELS * BLOCK}
      }
    }
  },`);
    const run = await profile({ "main.pipeline.mjs": main }, { samplingBudgetMs: 500 });
    const counts = run.counts!;
    assertCounted(counts, "main.pipeline.mjs", main);
    assert.equal(counts.startSeconds, 0);
    const [pass] = run.passes.filter(({ kind }) => kind === "counted");
    assert.deepEqual(
      [pass?.frames, pass?.workers, pass?.repeats, pass?.spans, pass?.ticks, pass?.sampled],
      [counts.frames, 1, 1, 0, 0, false],
    );
    // All of the stage's time is in its outer loop, which turns twice in each of 20 blocks.
    const [outer, middle] = counts.loops;
    const stageNs = run.stages[0]!.selfMs * 1e6;
    assert.ok(Math.abs(outer!.nsPerIteration! * CHANNELS * 20 - stageNs) < 0.15 * stageNs);
    assert.ok(Math.abs(outer!.nsPerIteration! / middle!.nsPerIteration! - BLOCK) < 0.15 * BLOCK);
  });

  it("are split by the stage that called, also in a file that several share", async () => {
    const helper = `export function sum(count: number): number {
  let all = 0;
  while (count-- > 0) all += count;
  return all;
}
`;
    const main = pipeline(
      `  three: () => () => { sum(3); },
  five: () => () => { sum(5); sum(2); },
  none: () => () => {},`,
      `import { sum } from "./helper.ts";`,
    );
    const counts = await countsOf({ "main.pipeline.ts": main, "helper.ts": helper });
    const loop = lineOf(helper, "while");
    assert.equal(perBlock(counts, "helper.ts", "three").get(loop), "1, loop 1 3");
    assert.equal(perBlock(counts, "helper.ts", "five").get(loop), "2, loop 2 7");
    assert.equal(perBlock(counts, "helper.ts", "none").size, 0);
    const blocks = blocksOf(counts);
    assert.deepEqual(callsOf(counts, "sum", "three"), [blocks]);
    assert.deepEqual(callsOf(counts, "sum", "five"), [2 * blocks]);
    assert.deepEqual(
      counts.functions.find(({ name }) => name === "sum"),
      { file: "helper.ts", line: 1, stage: "three", name: "sum", calls: blocks },
    );
  });

  it("have every call of a recursion: 177 of the tenth Fibonacci number", async () => {
    const main = pipeline(
      "  tenth: () => () => { fib(10); },",
      "function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }",
    );
    const counts = await countsOf({ "main.pipeline.mjs": main });
    assert.deepEqual(callsOf(counts, "fib"), [177 * blocksOf(counts)]);
  });

  it("have every call of what is called so often that V8 would compile and inline it", async () => {
    const main = pipeline(
      `  often: () => () => {
    for (let i = 0; i < 30_000; i++) sum = half(sum) + doubled(i); // = 1, loop 1 30000
  },`,
      `let sum = 0;
const half = (x) => x / 2;
function doubled(x) {
  let y = x;
  return y + y;
}`,
    );
    const counts = await countsOf({ "main.pipeline.mjs": main });
    assertCounted(counts, "main.pipeline.mjs", main);
    const calls = [30_000 * blocksOf(counts)];
    assert.deepEqual([callsOf(counts, "half"), callsOf(counts, "doubled")], [calls, calls]);
  });

  it("are exact in loops, branches and functions of every kind", async () => {
    const main = pipeline(
      "  shapes: () => async () => { await shapes(); },",
      `enum Mode { Zero, One }
interface Turns { readonly count: number }
export const shapes = async (): Promise<number> => {
  let s = 0;
  for (let n = 0; n < 3; n++) { // = 1, loop 1 3
    const turns: Turns = { count: n + 1 }; // = 3
    for (let i = 0; i < turns.count; i++) s += i; // = 3, loop 3 6
    let left = 4; // = 3
    while (left-- > 0) // = 3, loop 3 12
      s += left; // = 12
    let turn = 0; // = 3
    do { // = 3, loop 3 6
      turn++; // = 6
    } while (turn < 2);
    do turn--; while (turn > 0); // = 3, loop 3 6
    for (const x of [1, 2, 3, 4]) { // = 3, loop 3 12
      if (x % 2) continue; // = 12
      s += x; // = 6
    }
    for (const key in { a: 1, b: 2 }) s += key.length; // = 3, loop 3 6
    let k = 0; // = 3
    for (;;) { // = 3, loop 3 9
      if (k === 2) break; // = 9
      k++; // = 6
    }
    for (let none = 0; none < 0; none++) s += 1; // = 3, loop 3 0
    outer: for (const a of [1, 2]) // = 3, loop 3 6
      for (const b of [1, 2, 3]) { // = 6, loop 6 15
        if (b > a) continue outer; // = 15
        s++; // = 9
      }
    switch (n as Mode) { // = 3
      case Mode.Zero:
        s += 1; // = 1
        break; // = 1
      case Mode.One:
        s += 2; // = 1
      default:
        s += 3; // = 2
    }
    s += n > 1 ? 1 : 2; // = 3
    s += (n && 1) || 2; // = 3
    if (n === 0) s += 1; // = 3
    else if (n === 1) s += 2; // = 2
    else s += 3; // = 1
    try { // = 3
      if (n > 0) throw new Error("odd"); // = 3
      s += 1; // = 1
    } catch {
      s += 2; // = 2
    } finally {
      s += 3; // = 3
    }
    const first = (): number => { // = 3
      for (const x of [5, 6, 7]) { // = 3, loop 3 6
        if (x === 6) return x; // = 6
      }
      return 0; // = 0
    };
    s += first(); // = 3
    const makers = [1, 2].map((by) => // = 3
      (x: number, more = one()) => // = 6
        x * by + more); // = 12
    for (const make of makers) s += make(2) + make(2, 1); // = 3, loop 3 6
    function one(): number {
      return 1; // = 6
    }
    s += [1, 2, 3] // = 3
      .map((x) => x * 2) // = 9
      .filter((x) => x > 2).length; // = 9
    class Filter {
      #state = 0;
      constructor() {
        s += 1; // = 3
      }
      process(x: number): number {
        return (this.#state += x); // = 6
      }
      get state(): number {
        return this.#state; // = 3
      }
      static async made(): Promise<Filter> {
        return new Filter(); // = 3
      }
      ["computed" + n](): void {
        s += 1; // = 0
      }
    }
    const filter = await Filter.made(); // = 3
    filter.process(1); // = 3
    filter.process(filter.state); // = 3
    function* upTo(end: number): Generator<number> {
      for (let i = 0; i < end; i++) { // = 3, loop 3 6
        yield i; // = 6
        s += i; // = 6
      }
    }
    for (const x of upTo(2)) s += x; // = 3, loop 3 6
    const later = async (): Promise<void> => { // = 3
      for (let i = 0; i < 2; i++) { // = 3, loop 3 6
        await null; // = 6
        await new Promise((resolve) => setTimeout(resolve)); // = 6
        s += i; // = 6
      }
    };
    await later(); // = 3
  }
  return s;
};
`.replaceAll(/.*\/\/ = 0$/gm, (line) => line.replace(" // = 0", "")),
    );
    const counts = await countsOf({ "main.pipeline.ts": main });
    assertCounted(counts, "main.pipeline.ts", main);
    assert.deepEqual(
      counts.caught.map(({ line, times }) => [line, times / blocksOf(counts)]),
      [[lineOf(main, "} catch {"), 2]],
    );
    const first = lineOf(main, "const first");
    assert.ok(!counts.lines.some(({ line }) => line === first + 4), "What never ran has no count.");
  });

  it("are those of the right file and line in CommonJS", async () => {
    const helper = `// Lines above.
module.exports = {
  turn: function (count) {
    for (let i = 0; i < count; i++) { // = 1, loop 1 4
      module.exports.turned = i; // = 4
    }
  },
};
`;
    const main = pipeline("  turn: () => () => helper.turn(4),", 'import helper from "./helper.cjs";');
    const counts = await countsOf({ "main.pipeline.mjs": main, "helper.cjs": helper });
    assertCounted(counts, "helper.cjs", helper);
  });

  it("are those of an AudioWorklet's modules", async () => {
    const processor = `import { gains } from "./gains.cjs";
class Gain extends AudioWorkletProcessor {
  process([input], [output]) {
    for (const [channel, samples] of output.entries()) { // = 2, loop 2 ${2 * CHANNELS}
      for (let i = 0; i < samples.length; i++) samples[i] = input[channel][i] * gains(channel); // = ${2 * CHANNELS}, loop ${2 * CHANNELS} ${CHANNELS * BLOCK}
    }
    return true;
  }
}
registerProcessor("gain", Gain);
`;
    const gains = `exports.gains = function (channel) {
  do { channel--; } while (channel > 0); // = ${CHANNELS * BLOCK}, loop ${CHANNELS * BLOCK} ${CHANNELS * BLOCK}
  return 0.5;
};
`;
    const main = `import { definePipeline, worklet } from "waveflame";
export default definePipeline({ name: "Worklet", blockFrames: ${BLOCK}, stages: { gain: worklet("./processor.js") } });
`;
    const counts = await countsOf({
      "main.pipeline.mjs": main,
      "processor.js": processor,
      "gains.cjs": gains,
    });
    assertCounted(counts, "processor.js", processor);
    assertCounted(counts, "gains.cjs", gains);
  });

  it("are the same in processes, and where several workers took part", async () => {
    const main = pipeline(
      "  a: () => () => { turn(4); },\n  b: { scope: 'block', create: () => () => { turn(2); } },",
      "const turn = (count) => { for (; count > 0; count--); };",
    ).replace("blockFrames", 'isolation: "process", blockFrames');
    for (const text of [main, main.replace('"process"', '"thread"')]) {
      const counts = await countsOf({ "main.pipeline.mjs": text }, { workers: 2, segmentSeconds: 0.1 });
      assert.equal(perBlock(counts, "main.pipeline.mjs", "a").get(1), "1, loop 1 4");
      assert.equal(perBlock(counts, "main.pipeline.mjs", "b").get(1), "1, loop 1 2");
    }
  });

  it("are of blocks: factories and finish don't count, file stages do once", async () => {
    const main = pipeline(
      `  blocks: () => {
    work(11);
    return { process() { work(2); }, finish() { work(13); } };
  },
  file: { scope: "file", create: () => { work(17); return () => { work(3); }; } },`,
      "const work = (count) => { for (let i = 0; i < count; i++); };",
    );
    const counts = await countsOf({ "main.pipeline.mjs": main });
    const loops = counts.loops.map(({ stage, entries, iterations }) => ({ stage, entries, iterations }));
    const blocks = blocksOf(counts);
    assert.deepEqual(loops, [
      { stage: "blocks", entries: blocks, iterations: 2 * blocks },
      { stage: "file", entries: 1, iterations: 3 },
    ]);
  });

  it("come from stretches spread over a long recording, each begun anew", async () => {
    const sampleRate = 1000;
    const main = pipeline(`  turn: () => {
    let before = 0;
    return ({ startFrame }) => {
      for (let i = 0; i < before; i++);
      before = startFrame;
    };
  },`);
    const long = wavFile({ sampleRate, frames: 100 * sampleRate, channels: 1 });
    const counts = await countsOf({ "main.pipeline.mjs": main, "recording.wav": long });
    assert.ok(counts.frames / sampleRate < 9);
    const [loop] = counts.loops;
    assert.equal(loop?.entries, blocksOf(counts));
    // The last block of the last stretch is near the end.
    assert.ok(loop.iterations > 50 * sampleRate);
  });

  it("are taken in a thread of their own, which the timed pass knows nothing of", async () => {
    const main = pipeline(
      `  where: ({ emit }) => () => {
    emit("thread", threadId);
    calls += 1;
    writeFileSync(new URL(\`thread-\${threadId}.txt\`, import.meta.url), String(calls));
  },`,
      `import { threadId } from "node:worker_threads";
import { writeFileSync } from "node:fs";
let calls = 0;`,
    );
    const run = await profile({ "main.pipeline.mjs": main });
    const callsByThread = new Map(
      readdirSync(workspace.path).flatMap((name) => {
        const [, thread] = /^thread-(\d+)\.txt$/.exec(name) ?? [];
        return thread === undefined
          ? []
          : [[Number(thread), Number(readFileSync(join(workspace.path, name), "utf8"))] as const];
      }),
    );
    const [timed, ...others] = [...new Set(emitted(run, "thread"))] as number[];
    assert.deepEqual(others, []);
    assert.equal(callsByThread.size, 3, "timed, sampled and counted");
    assert.equal(callsByThread.get(timed!), 20, "Only the recording itself ran where it was timed.");
    const counting = [...callsByThread].filter(([thread]) => thread !== timed).map(([, calls]) => calls);
    assert.ok(counting.includes(blocksOf(run.counts!)), `${counting.join()} calls`);
  });

  it("print nothing, emit nothing, and leave the files alone that the timed pass wrote", async () => {
    const main = pipeline(
      `  writes: ({ emit, outputFile }) => (block) => {
    console.log("printed");
    emit("block", block.startFrame);
    appendFileSync(outputFile("out.txt"), threadId + " ");
    appendFileSync(new URL("threads.txt", import.meta.url), threadId + " ");
  },`,
      `import { appendFileSync } from "node:fs";
import { threadId } from "node:worker_threads";`,
    );
    const running = workspace.start({ ...RECORDING, "main.pipeline.mjs": main }, COUNTED);
    const { run } = await running.outcome;
    workspace.assertNothingLeft();
    assert.ok(run.counts);
    assert.equal(emitted(run, "block").length, 20);
    const printed = running.output.map(({ text }) => text).join("");
    assert.equal(printed.split("printed").length - 1, 20);
    const threadsIn = (name: string): number =>
      new Set(readFileSync(join(workspace.path, name), "utf8").trim().split(" ")).size;
    assert.deepEqual([threadsIn("threads.txt"), threadsIn("out.txt")], [3, 1]);
  });

  it("aren't taken where nobody wants them", async () => {
    const main = pipeline("  idle: () => () => { for (let i = 0; i < 9; i++); },");
    const run = await workspace.profile({ ...RECORDING, "main.pipeline.mjs": main });
    assert.equal(run.counts, null);
    assert.deepEqual(
      run.passes.map(({ kind }) => kind),
      ["timed", "sampled"],
    );
  });

  const findingsOf = ({ findings }: Run, kind: string): Run["findings"] =>
    findings.filter((finding) => finding.kind === kind);

  it("are missing with a reason where a pipeline works only so often, and the run is there", async () => {
    const main = pipeline(
      "  idle: () => () => { for (let i = 0; i < 9; i++); },",
      `import { existsSync, writeFileSync } from "node:fs";
const place = (number) => new URL(\`loaded-\${number}\`, import.meta.url);
const loaded = [1, 2, 3].find((number) => !existsSync(place(number)));
writeFileSync(place(loaded), "");
if (loaded === 3) throw new Error("Only twice");`,
    );
    const run = await profile({ "main.pipeline.mjs": main });
    assert.equal(run.state, "complete");
    assert.equal(run.counts, null);
    assert.ok(run.lines.length > 0 || run.totals.stagesMs > 0);
    const [finding] = findingsOf(run, "not-counted");
    assert.equal(finding?.severity, "information");
    assert.match(finding.text, /^How often lines run isn't known, .*Only twice/);
    assert.deepEqual(
      run.passes.map(({ kind }) => kind),
      ["timed", "sampled"],
    );
  });

  it("are missing where a pipeline hangs or ends its thread while it is counted, and the run is there", async () => {
    for (const [end, reason] of [
      ["for (;;);", /Stage "ends" has been busy for 1\.00\ss/],
      ["process.exit(3);", /ends the process/],
    ] as const) {
      const main = pipeline(
        `  ends: () => () => { if (loaded === 3) ${end} },`,
        `import { existsSync, writeFileSync } from "node:fs";
const place = (number) => new URL(\`loaded-${end.length}-\${number}\`, import.meta.url);
const loaded = [1, 2, 3].find((number) => !existsSync(place(number)));
writeFileSync(place(loaded), "");`,
      );
      const run = await profile({ "main.pipeline.mjs": main }, { stallSeconds: 1 });
      assert.equal(run.state, "complete");
      assert.equal(run.counts, null);
      assert.match(findingsOf(run, "not-counted")[0]?.text ?? "", reason);
    }
  });

  it("end with a cancel, which keeps the run", async () => {
    const main = pipeline(
      `  slow: () => () => {
    if (loaded < 3) return;
    writeFileSync(place("slow"), "");
    for (const end = performance.now() + 500; performance.now() < end;);
  },`,
      `import { existsSync, writeFileSync } from "node:fs";
const place = (number) => new URL(\`loaded-\${number}\`, import.meta.url);
const loaded = [1, 2, 3].find((number) => !existsSync(place(number)));
writeFileSync(place(loaded), "");`,
    );
    const running = workspace.start({ ...RECORDING, "main.pipeline.mjs": main }, COUNTED);
    await running.reached(
      ({ phase }) => phase === "counted" && existsSync(join(workspace.path, "loaded-slow")),
    );
    running.cancel();
    const { run } = await running.outcome;
    workspace.assertNothingLeft();
    assert.equal(run.state, "cancelled");
    assert.equal(run.counts, null);
    assert.equal(run.stages[0]?.calls, 20);
    assert.deepEqual(findingsOf(run, "not-counted"), []);
  });

  describe("of errors that are caught", () => {
    const swallowed = async (stage: string, before = ""): Promise<Run["findings"]> =>
      findingsOf(await profile({ "main.pipeline.mjs": pipeline(stage, before) }), "swallowed-error");

    it("tell of a stage that falls back in every block", async () => {
      const stage = `  eq: () => ({ channels }) => {
    try {
      channels[0].missing.length;
    } catch { // HERE
      for (const samples of channels) for (let i = 0; i < samples.length; i++) samples[i] *= 0.5;
    }
  },`;
      const [finding, ...more] = await swallowed(stage);
      assert.deepEqual(more, []);
      assert.equal(finding?.severity, "warning");
      assert.match(
        finding.text,
        /^Stage "eq" catches an error in (\d+) of the \1 blocks that were counted and goes on: /,
      );
      assert.deepEqual(finding.where, {
        stage: "eq",
        file: "main.pipeline.mjs",
        line: lineOf(pipeline(stage), "HERE"),
      });
    });

    it("tell of a promise whose failure is caught, in the stage that called a shared helper", async () => {
      const findings = await swallowed(
        "  well: () => () => ask(1),\n  badly: () => async () => { await ask(0); },",
        `const ask = (fine) => (fine ? Promise.resolve() : Promise.reject(new Error("no")))
  .catch(() => 0); // HERE`,
      );
      assert.deepEqual(
        findings.map(({ where }) => [where?.stage, where?.line]),
        [["badly", 2]],
      );
    });

    it("don't tell of one at the beginning of each stretch, however few blocks there are", async () => {
      const blockFrames = 2000;
      const main = pipeline(`  once: () => {
    let table;
    return () => {
      try { table.length; } catch { table = []; }
    };
  },`).replace(`blockFrames: ${BLOCK}`, `blockFrames: ${blockFrames}`);
      const long = wavFile({ sampleRate: 1000, frames: 50 * blockFrames });
      const run = await profile({ "main.pipeline.mjs": main, "recording.wav": long });
      const [caught] = run.counts?.caught ?? [];
      assert.equal(
        caught?.times,
        run.counts!.frames / blockFrames,
        "It did catch one in every block counted.",
      );
      assert.ok(caught.times > 2);
      assert.deepEqual(findingsOf(run, "swallowed-error"), []);
    });

    it("don't tell of one at the beginning, of one that never comes, or of one that is thrown on", async () => {
      const stages = `  once: () => {
    let table;
    return () => {
      try { table.length; } catch { table = []; }
    };
  },
  never: () => ({ frames }) => {
    try { frames.toFixed(); } catch { throw new Error("no frames"); }
  },
  on: () => () => {
    try {
      try { undefined.length; } catch (error) { throw new Error("again", { cause: error }); }
    } catch { // ON
    }
  },`;
      const findings = await swallowed(stages);
      assert.deepEqual(
        findings.map(({ where }) => [where?.stage, where?.line]),
        [["on", lineOf(pipeline(stages), "ON")]],
      );
    });
  });
});
