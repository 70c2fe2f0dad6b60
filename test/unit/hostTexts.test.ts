import assert from "node:assert/strict";
import { alertsOf } from "../../src/core/alerts/alerts.ts";
import { NO_THRESHOLDS } from "../../src/core/alerts/thresholds.ts";
import { hotLines, type HotLine } from "../../src/core/lines/hotLines.ts";
import type { Counts } from "../../src/core/run/measured/counts.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import { ProfileFailure } from "../../src/client/process/profileFailure.ts";
import { SETTINGS, type Settings } from "../../src/client/settings/settings.ts";
import { inEnglish as t, type Translate } from "../../src/client/translate.ts";
import { figuresOf } from "../../src/host/annotations/figures.ts";
import { heatBar, heatOf } from "../../src/host/annotations/heat.ts";
import { hoverOf, plain } from "../../src/host/annotations/hoverText.ts";
import { walk } from "../../src/host/commands/hotLineWalk.ts";
import { partDone, progressOf } from "../../src/client/profiling/progressText.ts";
import { diagnosticsOf } from "../../src/host/diagnostics/diagnosticsText.ts";
import { errorKind } from "../../src/host/diagnostics/errorKind.ts";
import { lensOf } from "../../src/host/lenses/lensText.ts";
import { measuredCode } from "../../src/host/panel/measuredCode.ts";
import { statusDetails, statusOf } from "../../src/host/status/statusText.ts";
import { LEVEL_PROFILE, opened } from "../support/exchange/foreignProfiles.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { drawRun } from "../support/exampleRun.ts";

/** Units stand behind a narrow no-break space; here it reads as a plain one. */
const read = (text: string): string => text.replaceAll("\u202f", " ");

/** 144 s of audio in blocks of 10.7 ms; 20 s of work. */
const run = drawRun({
  tree: `
envelope voice-master.pipeline.ts:21 stream
  process src/envelope.ts:6
    :24 1210
    :26 380
compressor voice-master.pipeline.ts:24 stream
  process src/compressor.ts:30
    :38 310
    :42 2745
    :44 390
    :47 14965
`,
});
const lines = hotLines(run);
const compressorLine = lines.find(({ file, line }) => file === "src/compressor.ts" && line === 42)!;

describe("what stands behind a line", () => {
  it("is its share, time and load, in this order", () => {
    // 2745 ms of 20 s, and of 144 s of audio.
    assert.equal(read(figuresOf(run, compressorLine, true, t)), "13.7 % · 2.75 s · 1.9 % load");
  });

  it("says so when the line was edited", () => {
    assert.equal(read(figuresOf(run, compressorLine, false, t)), "13.7 % · 2.75 s · edited since");
  });

  it("has a bar that is longer for a hotter line, and hollow for an edited one", () => {
    assert.deepEqual([0.01, 0.05, 0.124, 0.223, 0.6].map(heatOf), [1, 2, 3, 4, 5]);
    const width = (svg: string): number => Number(/width="([\d.]+)" height="11"/.exec(svg)?.[1]);
    assert.ok(width(heatBar(1, "dark")) < width(heatBar(3, "dark")));
    assert.match(heatBar("stale", "light"), /fill="none"/);
  });
});

describe("another tool's profile", () => {
  const foreign = opened(LEVEL_PROFILE, "take.cpuprofile");
  const [hottest] = hotLines(foreign) as [HotLine];
  const hover = (run: Run, hot: HotLine): string =>
    read(hoverOf({ run, hot, line: hot.line, fresh: true, theme: "dark", now: new Date(run.time) }, t));

  it("has no load behind its lines, and says when one was edited", () => {
    assert.equal(read(figuresOf(foreign, hottest, true, t)), "44.4 % · 20.0 ms");
    assert.equal(read(figuresOf(foreign, hottest, false, t)), "44.4 % · 20.0 ms · edited since");
  });

  it("counts in its own unit", () => {
    const stacks = opened("main (a.py:3);load (a.py:9) 3\nmain (a.py:4) 1\n");
    assert.equal(read(figuresOf(stacks, hotLines(stacks, 0)[0]!, true, t)), "75.0 % · 3 samples");
    assert.match(
      hover(stacks, { ...hotLines(stacks, 0)[0]!, totalMs: 4 }),
      /Self 3 samples, total 4 samples with/,
    );
  });

  it("says on hover what it knows, and where it comes from", () => {
    const text = hover(foreign, hottest);
    assert.match(text, /\*\*44\.4 %\*\* of the profile, 20\.0 ms/);
    // It doesn't know what the line calls.
    assert.match(text, /All stacks, line 12\. Self 20\.0 ms\./);
    assert.match(text, /take\\\.cpuprofile, opened today \d\d:\d\d \(CPU profile\)/);
    assert.match(text, /± 43\.6 points \(95 %\)/);
    assert.doesNotMatch(text, /load|budget|Time per block|Node|unknown/);
  });

  it("can't end a link of the hover by a bracket in a name", () => {
    const odd = opened("thread (0x1): a) [x](command:x);f (a.py:9) 3\n");
    const text = hover(odd, hotLines(odd, 0)[0]!);
    const [, address] = /\[Flame graph here\]\(command:waveflame\.showFlameGraphOfStage\?([^)]*)\)/.exec(
      text,
    )!;
    assert.deepEqual(JSON.parse(decodeURIComponent(address!)), [
      { stage: "thread (0x1): a) [x](command:x)", file: "a.py", line: 9 },
    ]);
  });

  it("is named in the status bar, with what was left out", () => {
    assert.equal(statusOf(foreign, t), "Waveflame: take.cpuprofile");
    const cut = opened("a (a.py:1) 3\nnothing\n", "take.txt");
    assert.equal(
      statusDetails(cut, [], t),
      "collapsed stacks\nLine 2 doesn't end in a count and was left out.\nClick to open the panel",
    );
  });
});

describe("the hover of a line", () => {
  const hover = (fresh: boolean): string =>
    read(hoverOf({ run, hot: compressorLine, line: 47, fresh, theme: "dark", now: new Date(run.time) }, t));

  it("tells cost, place, certainty, the stage's blocks against the budget, and the run", () => {
    const text = hover(true);
    assert.match(text, /\*\*13\.7 %\*\* of the run, 2\.75 s, 1\.9 % load/);
    assert.match(text, /compressor, line 47\. Self and total 2\.75 s: it calls nothing else/);
    assert.match(text, /Time per block of compressor, 13,500 calls, against the budget of 10\.7 ms/);
    assert.match(text, /median \S+ \S+, p99 \S+ \S+, longest/);
    assert.match(text, /± 0\.6 points \(95 %\)/);
    assert.match(text, /Node 24\.21\.0 from the PATH/);
    assert.doesNotMatch(text, /edited since/);
  });

  it("tells what its function allocates, and which slow blocks the line causes", () => {
    const text = (change: Partial<Run>): string =>
      read(
        hoverOf(
          {
            run: { ...run, ...change },
            hot: compressorLine,
            line: 47,
            fresh: true,
            theme: "dark",
            now: new Date(run.time),
          },
          t,
        ),
      );
    const allocator = {
      name: "process",
      file: "src/compressor.ts",
      line: 30,
      bytes: 3_145_728,
      heldBytes: 0,
    };
    const stageMemory = {
      stages: [],
      functions: [
        { ...allocator, stage: "compressor" },
        { ...allocator, stage: "envelope" },
        { ...allocator, line: 90, stage: "compressor" },
      ],
      growth: null,
    };
    // Ten seconds: a sixth of a minute.
    const pass = { ...run.passes[0]!, kind: "allocations", frames: 10 * run.audio.sampleRate } as const;
    assert.match(
      text({ stageMemory, passes: [...run.passes, pass] }),
      /\| Its function allocates \| 3\.00 MB in 10\.0 s of audio, 18\.0 MB a minute \|/,
    );
    assert.match(text({ stageMemory }), /\| Its function allocates \| 3\.00 MB \|/);
    const [episode] = measuredRun.slowBlocks!.episodes;
    const here = { ...episode!, cause: "deoptimisation", file: "src/compressor.ts", line: 42 } as const;
    const slowBlocks = {
      ...measuredRun.slowBlocks!,
      episodes: [{ ...here, evidence: "V8 took compiled code back: it | that." }],
    };
    assert.match(
      text({ slowBlocks }),
      /\| Slow blocks \| deoptimisation, at 1:31\.5: V8 took compiled code back: it \\\| that\\\. \|/,
    );
    assert.doesNotMatch(text({ slowBlocks: measuredRun.slowBlocks }), /Slow blocks|allocates/);
  });

  describe("that was counted", () => {
    const place = { file: "src/compressor.ts", stage: "compressor" };
    const counts = {
      startSeconds: 0,
      frames: 2 * run.audio.sampleRate,
      lines: [{ ...place, line: 42, hits: 38_400 }],
      loops: [
        { ...place, line: 40, endLine: 50, entries: 150, iterations: 76_800, nsPerIteration: 20.4 },
        { ...place, line: 41, endLine: 43, entries: 300, iterations: 38_400, nsPerIteration: 1.234 },
      ],
      functions: [],
      caught: [],
    };
    const counted = (change: Partial<Counts>, hot: HotLine = compressorLine): string =>
      read(
        hoverOf(
          {
            run: { ...run, counts: { ...counts, ...change } },
            hot,
            line: 47,
            fresh: true,
            theme: "dark",
            now: new Date(run.time),
          },
          t,
        ),
      );

    it("says how often it ran, and what an iteration of the loop around it takes", () => {
      assert.match(counted({}), /\| Ran \| 38,400 times in 2\.00 s of audio \|/);
      assert.match(
        counted({}),
        /\| Loop around it \| 38,400 iterations, 1\.23 ns each with all that it calls \|/,
      );
      assert.doesNotMatch(counted({}), /76,800/);
    });

    it("says how often the loops turn that begin on it, also where their time isn't known", () => {
      const loops = [
        { ...place, line: 42, endLine: 42, entries: 1, iterations: 5, nsPerIteration: null },
        { ...place, line: 42, endLine: 42, entries: 1, iterations: 1, nsPerIteration: null },
      ];
      assert.match(counted({ loops }), /\| Loop \| 5 iterations \|\n\| Loop \| 1 iteration \|/);
    });

    it("says nothing of lines that nobody counted", () => {
      assert.doesNotMatch(counted({ lines: [], loops: [] }), /Ran|Loop/);
      assert.doesNotMatch(hover(true), /Ran|Loop/);
    });

    it("lists what it called in packages and in Node", () => {
      const folded = Array.from({ length: 6 }, (_, i) => ({
        name: i === 1 ? "" : `fft${i}`,
        file: "node_modules/fft.js/lib/fft.js",
        kind: i === 0 ? ("runtime" as const) : ("package" as const),
        ms: 60 - 10 * i,
      }));
      assert.match(
        counted({}, { ...compressorLine, folded }),
        /\| In packages and Node \| fft0 \(Node\) 60\.0 ms, a nameless function \(fft\\\.js\) 50\.0 ms, .*fft3 \S+ 30\.0 ms and 2 more \|/,
      );
    });
  });

  it("links to the flame graph at this line", () => {
    const address = /\[Flame graph here\]\(command:waveflame\.showFlameGraphOfStage\?([^)]*)\)/.exec(
      hover(true),
    );
    assert.deepEqual(JSON.parse(decodeURIComponent(address![1]!)), [
      { stage: "compressor", file: "src/compressor.ts", line: 42 },
    ]);
  });

  it("says that an edited line was measured as it was", () => {
    assert.match(hover(false), /edited since/);
  });

  it("takes no Markdown or HTML from names", () => {
    assert.equal(plain("<b>[a](b)*"), "\\<b\\>\\[a\\]\\(b\\)\\*");
  });
});

describe("the lens of a stage", () => {
  it("is its speed, share and time", () => {
    const envelope = run.stages.find(({ name }) => name === "envelope")!;
    // 1590 ms of 20 s, for 144 s.
    assert.equal(read(lensOf(envelope, true, t)), "envelope: 90.6× real time, 8.0 %, 1.59 s");
    assert.match(lensOf(envelope, false, t), /, edited since$/);
  });
});

describe("the status bar", () => {
  const late = (overruns: number): Run["totals"] => ({
    ...run.totals,
    deadline: { ...run.totals.deadline!, overruns },
  });

  it("is the speed and how many blocks were late", () => {
    // One thread needs 20 s for the 144 s of audio.
    assert.equal(statusOf(drawRun({ with: { totals: late(168) } }), t), "Waveflame: 7.20×, 168 blocks late");
    assert.equal(statusOf(drawRun({ with: { totals: late(1) } }), t), "Waveflame: 7.20×, 1 block late");
  });

  it("says when none was late, when nothing is known, and when the run was cancelled", () => {
    const totals = late(0);
    assert.equal(statusOf(drawRun({ with: { totals } }), t), "Waveflame: 7.20×, no block late");
    const unknown = drawRun({ with: { totals: { ...totals, deadline: null }, state: "cancelled" } });
    assert.equal(statusOf(unknown, t), "Waveflame: 7.20×, cancelled");
  });

  it("repeats warnings on pointing, not every remark", () => {
    const findings = [
      {
        kind: "not-a-number-in-recording",
        severity: "warning",
        text: "The recording holds NaN.",
        where: null,
      },
      { kind: "sampled-while-timed", severity: "information", text: "Nothing was changed.", where: null },
    ] as const;
    const alerts = alertsOf(run, { ...NO_THRESHOLDS, cpuPercent: 10 });
    const details = statusDetails(drawRun({ with: { findings } }), alerts, t).split("\n");
    assert.match(details[3] ?? "", /^One worker alone needs 13\.9\u202f% of real time/);
    details.splice(3, 1);
    assert.ok(details.includes("The recording holds NaN."));
    assert.ok(!details.includes("Nothing was changed."));
  });

  it("names the pipeline and the recording on pointing", () => {
    assert.match(
      statusDetails(run, [], t),
      /^Voice master on evening-mix\.wav\n7\.20× real time on one thread, 13\.2× on 4 workers\n/,
    );
  });
});

describe("progress", () => {
  const progress: Progress = {
    phase: "timed",
    stage: "envelope",
    segment: 2,
    segments: 6,
    audioSeconds: 12,
    totalSeconds: 60,
    leftSeconds: 3.2,
  };

  it("names stage, segment, seconds of audio done and time left", () => {
    assert.equal(
      read(progressOf(progress, t)),
      "timing, stage envelope, segment 2 of 6, 0:12.0 of 1:00.0, about 4 s left",
    );
  });

  it("names the variant that is profiled, and the one that is rendered in blocks of which size", () => {
    const step = { variant: "plain", blockFrames: null, number: 2, of: 5 };
    assert.match(
      read(progressOf({ ...progress, step }, t)),
      /^variant 2 of 5: plain, timing, stage envelope,/,
    );
    const first = { variant: null, blockFrames: null, number: 1, of: null };
    assert.match(read(progressOf({ ...progress, step: first }, t)), /^as written, timing,/);
    const rendering = { ...step, blockFrames: 4096 };
    assert.match(
      read(progressOf({ ...progress, phase: "listening", step: rendering }, t)),
      /^comparing the sound: plain in blocks of 4,096, stage envelope/,
    );
  });

  it("leaves out what isn't known", () => {
    const start = {
      ...progress,
      phase: "loading",
      stage: null,
      segments: 0,
      totalSeconds: 0,
      leftSeconds: null,
    } as const;
    assert.equal(progressOf(start, t), "loading the pipeline");
  });

  it("says how far the decoding is, which knows no segments", () => {
    assert.equal(
      read(progressOf({ ...progress, phase: "decoding", stage: null }, t)),
      "decoding the recording, 0:12.0 of 1:00.0, about 4 s left",
    );
  });

  it("names no position while the same audio is sampled again and again", () => {
    assert.equal(
      read(progressOf({ ...progress, phase: "sampled" }, t)),
      "sampling the lines, stage envelope, about 4 s left",
    );
  });

  it("fills the bar in order of the phases", () => {
    const parts = (["decoding", "loading", "timed", "alone", "sampled", "finishing"] as const).map((phase) =>
      partDone({ ...progress, phase }),
    );
    assert.deepEqual(
      parts,
      parts.toSorted((a, b) => a - b),
    );
  });
});

describe("next and previous hot line", () => {
  const [hottest, second] = lines;
  const coolest = lines.at(-1);
  const go = (from: HotLine | null, step: 1 | -1, gone: readonly (HotLine | undefined)[] = []) =>
    walk(lines, from, step, (line) => Promise.resolve(!gone.includes(line)));

  it("starts at the ends", async () => {
    assert.equal(await go(null, 1), hottest);
    assert.equal(await go(null, -1), coolest);
  });

  it("goes to the next cooler or hotter one, round at the ends", async () => {
    assert.equal(await go(hottest!, 1), second);
    assert.equal(await go(second!, -1), hottest);
    assert.equal(await go(coolest!, 1), hottest);
    assert.equal(await go(hottest!, -1), coolest);
  });

  it("steps over lines that are gone, and stays where all are", async () => {
    assert.equal(await go(null, 1, [hottest]), second);
    assert.equal(await go(second!, -1, [hottest, coolest]), lines.at(-2));
    assert.equal(await go(hottest!, 1, lines), null);
  });

  it("goes nowhere where nothing is hot", async () => {
    assert.equal(await walk([], null, 1, () => Promise.resolve(true)), null);
  });
});

describe("the page's code", () => {
  it("is the trimmed text of the lines that the run names", () => {
    const source = Array.from({ length: 50 }, (_, index) => `  line(${index + 1});`).join("\n");
    const code = measuredCode(run, new Map([["src/compressor.ts", source]]));
    assert.deepEqual(code, {
      "src/compressor.ts:38": "line(38);",
      "src/compressor.ts:42": "line(42);",
      "src/compressor.ts:44": "line(44);",
      "src/compressor.ts:47": "line(47);",
    });
  });
});

describe("diagnostics", () => {
  const settings = Object.fromEntries(
    Object.entries(SETTINGS).map(([key, { initial }]) => [key, initial]),
  ) as unknown as Settings;

  it("tell versions, runtime, machine and which settings were changed, not to what", () => {
    const text = diagnosticsOf({
      waveflame: "0.1.0",
      editor: "Code 1.101.0",
      hostNode: "22.15.1",
      platform: "linux x64",
      remote: false,
      trusted: true,
      folders: 1,
      machine: run.machine,
      runtime: run.runtime,
      settings: { ...settings, runtime: "/home/ada/node" },
      lastError: errorKind(
        new ProfileFailure('The recording "/home/ada/secret.wav" is empty.', { kind: "audio", where: null }),
      ),
    });
    assert.match(text, /^Waveflame: 0\.1\.0$/m);
    assert.match(text, /^Last run on: Node 24\.21\.0, V8 13\.6\.233\.17, path$/m);
    assert.match(text, /4 physical and 8 logical cores/);
    assert.match(text, /^Settings changed: runtime$/m);
    assert.match(text, /^Last error: audio: The recording couldn't be read\.$/m);
    assert.doesNotMatch(text, /ada|secret/);
  });

  it("tell of an error its kind and code, and nothing of what it says", () => {
    const where = { stage: "my stage", file: "Mein Lied.pipeline.ts", line: 6 };
    const failure = (kind: "stage" | "exit" | "engine", sentence: string, cause?: Error): ProfileFailure =>
      new ProfileFailure(sentence, { kind, where }, cause);
    const thrown = 'Stage "my stage" threw at 0:07.0 of Mein Lied.wav (Mein Lied.pipeline.ts:6): secret';
    assert.equal(errorKind(failure("stage", thrown)), "stage: A stage failed.");
    assert.equal(
      errorKind(
        failure("exit", "The process of the pipeline was ended by SIGSEGV near 0:07.0 of Mein Lied.wav."),
      ),
      "exit (SIGSEGV): The process of the pipeline ended early.",
    );
    const missing = Object.assign(new Error("spawn /home/ada/node ENOENT"), { code: "ENOENT" });
    assert.equal(
      errorKind(failure("engine", "Node couldn't be started from /home/ada/node.", missing)),
      "engine (ENOENT): The engine couldn't start or failed.",
    );
    assert.equal(errorKind(missing), "Error (ENOENT): Something beside the profile failed.");
    for (const other of [
      new TypeError("Mein Lied"),
      "Mein Lied",
      Object.assign(new Error("x"), { name: "Mein Lied", code: "Mein Lied" }),
    ])
      assert.doesNotMatch(errorKind(other), /Mein|Lied/);
  });
});

describe("another language", () => {
  const shouted: Translate = (text, ...values) => t(text.toUpperCase(), ...values);
  /** What is left in small letters was written without being asked for; names and units are the same everywhere. */
  const small = (text: string, own: RegExp): string[] =>
    text
      .replace(/\]\([^)]*\)/g, "]")
      .replace(own, "")
      .match(/[a-z]{3,}/g) ?? [];

  it("has words of its own for all that stands in the editor", () => {
    const [stage] = run.stages;
    const progress = { phase: "timed", stage: "gain", segment: 1, segments: 2 } as const;
    const times = { audioSeconds: 1, totalSeconds: 2, leftSeconds: 1 };
    const own = /Waveflame|Voice master|evening-mix\.wav|envelope|compressor|gain|today/g;
    const hover = hoverOf(
      { run, hot: compressorLine, line: 1, fresh: false, theme: "dark", now: new Date(run.time) },
      shouted,
    );
    for (const text of [
      figuresOf(run, compressorLine, true, shouted),
      figuresOf(run, compressorLine, false, shouted),
      lensOf(stage!, false, shouted),
      statusOf(run, shouted),
      statusDetails(drawRun({ with: { findings: [] } }), [], shouted),
      progressOf({ ...progress, ...times }, shouted),
      hover,
    ])
      assert.deepEqual(small(text, own), [], text);
  });
});
