import { CPUProfileDataModel } from "@paulirish/trace_engine/models/cpu_profile/CPUProfileDataModel.js";
import { Profile } from "pprof-format";
import assert from "node:assert/strict";
import papaparse from "papaparse";
import { EXPORT_FORMATS, EXPORT_FORMAT_NAMES } from "../../../src/core/exchange/export/exportRun.ts";
import { fileUrl } from "../../../src/core/exchange/export/fileUrl.ts";
import type { Run } from "../../../src/core/run/run.ts";
import { fullRun } from "../../support/exchange/fullRun.ts";
import { opened } from "../../support/exchange/foreignProfiles.ts";
import { devToolsTrace } from "../../support/exchange/devToolsTrace.ts";

const FOLDER = "/work/app";
const written = (format: keyof typeof EXPORT_FORMATS, run: Run = fullRun): string =>
  EXPORT_FORMATS[format].write(run, FOLDER) as string;

/** Largest difference of a line's share here and there; 1 where a line is missing. */
function apart(here: Run, there: Run): number {
  const found = new Map(there.lines.map((line) => [`${line.stage} ${line.file}:${line.line}`, line.share]));
  return Math.max(
    ...here.lines.map(({ stage, file, line, share }) =>
      Math.abs((found.get(`${stage} ${file}:${line}`) ?? 2) - share),
    ),
  );
}

describe("a run that is exported and opened again", () => {
  for (const [format, most] of [
    // A tick is 0.2 ms of 21 s.
    ["cpuprofile", 1e-5],
    ["speedscope", 1e-9],
    ["collapsed", 1e-9],
  ] as const)
    it(`keeps the shares of its lines and stages as ${format}`, () => {
      const again = opened(written(format));
      assert.ok(apart(fullRun, again) <= most);
      assert.deepEqual(
        again.stages.map(({ name, share }) => `${name} ${share.toFixed(3)}`),
        fullRun.stages.map(({ name, share }) => `${name} ${share.toFixed(3)}`),
      );
    });

  it("keeps its call tree as speedscope file, to the nanosecond", () => {
    const again = opened(written("speedscope"));
    const sum = ({ callTree }: Run, name: string): number =>
      callTree.selfMs.reduce(
        (all, ms, node) => all + (callTree.functions[callTree.function[node]!]?.name === name ? ms : 0),
        0,
      );
    for (const name of ["biquad", "fir", "fft"]) assert.equal(sum(again, name), sum(fullRun, name), name);
    assert.ok(again.callTree.kind.includes(2), "lines are lines again");
    assert.equal(again.imported!.tool, "waveflame@0.1.0");
  });
});

describe("an exported CPU profile", () => {
  const profile = JSON.parse(written("cpuprofile")) as {
    nodes: {
      id: number;
      hitCount: number;
      callFrame: { functionName: string; url: string; lineNumber: number };
      positionTicks?: { line: number; ticks: number }[];
    }[];
    samples: number[];
    timeDeltas: number[];
    startTime: number;
    endTime: number;
  };

  it("says the same by hits, line ticks and samples", () => {
    const sampled = new Map<number, number>();
    for (const id of profile.samples) sampled.set(id, (sampled.get(id) ?? 0) + 1);
    for (const { id, hitCount, positionTicks = [] } of profile.nodes) {
      assert.equal(sampled.get(id) ?? 0, hitCount);
      assert.ok(positionTicks.reduce((sum, { ticks }) => sum + ticks, 0) <= hitCount);
    }
    assert.equal(profile.timeDeltas.length, profile.samples.length);
    assert.ok(profile.timeDeltas.every((delta) => Number.isInteger(delta) && delta > 0));
  });

  it("opens its sources where they lie", () => {
    const [biquad] = profile.nodes
      .filter(({ callFrame }) => callFrame.functionName === "biquad")
      .sort((a, b) => b.hitCount - a.hitCount) as [(typeof profile.nodes)[number]];
    assert.equal(biquad.callFrame.url, "file:///work/app/src/biquad.ts");
    // V8 counts functions from 0 and ticks from 1.
    assert.equal(biquad.callFrame.lineNumber, 23);
    assert.deepEqual(
      biquad.positionTicks!.map(({ line }) => line),
      [29, 31, 33],
    );
  });

  it("is read by the model of Chrome's DevTools with the stages' times", () => {
    const model = new CPUProfileDataModel(JSON.parse(written("cpuprofile")) as never);
    const total = new Map<string, number>();
    const order: string[] = [];
    model.forEachFrame(
      (depth, node) => {
        if (depth === 0) order.push(node.functionName);
      },
      (_depth, node, _sample, _start, ms) => {
        total.set(node.functionName, (total.get(node.functionName) ?? 0) + ms);
      },
    );
    for (const { name, selfMs } of fullRun.stages)
      assert.ok(Math.abs(total.get(name)! - selfMs) < 1, `${name}: ${total.get(name)!} of ${selfMs}`);
    assert.deepEqual(order, ["(idle)", ...fullRun.stages.map(({ name }) => name), "(idle)"]);
    // 5,000 ms in six lines of two callers.
    assert.ok(Math.abs(total.get("biquad")! - (520 + 3940 + 720 + 130 + 40)) < 1);
    assert.equal(model.idleNode?.functionName, "(idle)");
  });
});

describe("the address of a source", () => {
  it("is a URL of its system, wherever the run names it", () => {
    assert.equal(fileUrl("src/a b.ts", "/work/app"), "file:///work/app/src/a%20b.ts");
    assert.equal(fileUrl("src/a.ts", "C:\\Work\\app\\"), "file:///C:/Work/app/src/a.ts");
    assert.equal(fileUrl("D:/take/ü#1.ts", "C:\\Work"), "file:///D:/take/%C3%BC%231.ts");
    assert.equal(fileUrl("//server/share/a.ts", null), "file://server/share/a.ts");
    assert.equal(fileUrl("src/a.ts", null), "src/a.ts");
    assert.equal(fileUrl("https://example.org/a.js", "/work"), "https://example.org/a.js");
  });
});

describe("exported collapsed stacks", () => {
  it("are stages, callers and the line at work, in microseconds", () => {
    const lines = written("collapsed").trimEnd().split("\n");
    assert.ok(
      lines.includes(
        "equaliser;process (src/equaliser.ts:9);cascade (src/biquad.ts:11);biquad (src/biquad.ts:31) 3940000",
      ),
    );
    const sum = lines.reduce((all, line) => all + Number(/ (\d+)$/.exec(line)![1]), 0);
    assert.equal(sum, 21_160_000);
  });

  it("hold no more than one stack a line, whatever things are called", () => {
    const odd = {
      ...fullRun,
      stages: fullRun.stages.map((stage) => ({ ...stage, name: `a;b\n${stage.name}` })),
    };
    const lines = written("collapsed", odd).trimEnd().split("\n");
    assert.equal(lines.length, written("collapsed").trimEnd().split("\n").length);
    assert.match(lines[0]!, /^a:b spectrum;process /);
  });
});

describe("an exported pprof profile", () => {
  const profile = Profile.decode(EXPORT_FORMATS.pprof.write(fullRun));
  const text = (index: number | bigint): string => profile.stringTable.strings[Number(index)]!;

  it("has times, and what was allocated, as kinds of values", () => {
    assert.deepEqual(
      profile.sampleType.map(({ type, unit }) => `${text(type)} ${text(unit)}`),
      ["alloc_space bytes", "inuse_space bytes", "time nanoseconds"],
    );
    const sums = [0, 1, 2].map((kind) =>
      profile.sample.reduce((sum, { value }) => sum + Number(value[kind]), 0),
    );
    assert.deepEqual(sums, [5120, 512, 21_160_000_000]);
    assert.equal(profile.timeNanos, BigInt(Date.parse(fullRun.time)) * 1_000_000n);
  });

  it("names function, file and line of each frame, the one at work first, with its stage", () => {
    const names = profile.sample.map(({ locationId, label }) => {
      const frames = locationId.map((id) => {
        const [line] = profile.location[Number(id) - 1]!.line;
        const func = profile.function[Number(line!.functionId) - 1]!;
        return `${text(func.name)} ${text(func.filename)}:${line!.line}`;
      });
      return `${label.map(({ str }) => text(str)).join()}: ${frames.join(" < ")}`;
    });
    assert.ok(
      names.includes(
        "equaliser: biquad src/biquad.ts:31 < cascade src/biquad.ts:11 < process src/equaliser.ts:9 < equaliser voice-master.pipeline.ts:16",
      ),
    );
  });
});

describe("an exported CSV table", () => {
  const { data, errors } = papaparse.parse<Record<string, string>>(written("csv"), {
    header: true,
    skipEmptyLines: true,
    newline: "\r\n",
  });
  const of = (kind: string): Record<string, string>[] => data.filter((row) => row["kind"] === kind);

  it("is read as it was written", () => {
    assert.deepEqual(errors, []);
    const [file] = of("file");
    assert.equal(file!["file"], 'out/levels, left "raw".csv');
    assert.equal(file!["bytes_written"], "2048");
  });

  it("has the stages, lines, functions, allocations, files and calls to others", () => {
    assert.deepEqual(
      of("stage").map((row) => [row["stage"], row["self_ms"]]),
      fullRun.stages.map(({ name, selfMs }) => [name, String(selfMs)]),
    );
    assert.equal(of("line").length, fullRun.lines.length);
    const biquad = of("function").find((row) => row["name"] === "biquad")!;
    assert.deepEqual([biquad["stage"], biquad["self_ms"]], ["equaliser; loudness", "5350"]);
    assert.deepEqual(
      of("allocation").map((row) => row["bytes"]),
      ["4096", "1024"],
    );
    assert.deepEqual(
      of("network").map((row) => [row["name"], row["total_ms"]]),
      [["localhost:80", "9"]],
    );
  });
});

describe("an exported Chrome trace", () => {
  /** By the names of its processes. */
  const processesOf = (run: Run): string[] => {
    const { traceEvents } = JSON.parse(written("chrome-trace", run)) as {
      traceEvents: { name: string; args: Record<string, string> }[];
    };
    return traceEvents
      .filter(({ name }) => name === "process_name")
      .map(({ args }) => args["name"] ?? "")
      .sort();
  };

  it("is read by the engine of Chrome's DevTools, with jobs, pauses and passes on one clock", async () => {
    const rows = await devToolsTrace(written("chrome-trace"));
    const row = (name: string): string[] => rows.get(name) ?? [];
    // 450 ms after the run the timed pass began, 40 s after it the pass of one worker alone.
    assert.deepEqual(row("Worker 1"), ["spectrum 451+18", "equaliser, loudness 471+69.25"]);
    assert.deepEqual(row("Worker 2"), ["spectrum 451.5+28.5"]);
    assert.deepEqual(row("Worker 2, collections"), ["minor collection 462+1.5"]);
    assert.deepEqual(row("one worker alone"), ["denormals 40700+460"]);
    assert.deepEqual(
      row("passes").map((pass) => pass.replace(/\+.*/, "")),
      ["timed 450", "alone 40000", "sampled 70000"],
    );
    assert.deepEqual(processesOf(fullRun), [
      "Machine, from the beginning of the run",
      "Passes, from the beginning of the run",
      "Slow blocks, from the beginning of the run",
      "Stages and what they called, summed",
      "Workers, from the beginning of the run",
    ]);
    assert.deepEqual(row("all stages").slice(0, 6), [
      "spectrum 0+2470",
      "equaliser 2470+7860",
      "loudness 10330+650",
      "envelope 10980+1590",
      "compressor 12570+3680",
      "limiter 16250+4910",
    ]);
  });

  it("says which clock is whose where a run doesn't say when its passes started", async () => {
    const older: Run = {
      ...fullRun,
      passes: fullRun.passes.map((pass) => ({ ...pass, startedMs: null })),
    };
    const rows = await devToolsTrace(written("chrome-trace", older));
    assert.deepEqual(rows.get("Worker 2"), ["spectrum 1.5+28.5"]);
    assert.deepEqual(rows.get("one worker alone"), [
      `denormals 57500+${((22_016 / 48_000) * 1000).toFixed(3)}`,
    ]);
    assert.deepEqual(processesOf(older), [
      "Machine, from the beginning of the run",
      "Slow blocks, by their position in the recording",
      "Stages and what they called, summed",
      "Workers, from the beginning of the timed pass",
    ]);
  });

  it("counts what the run took of the machine", () => {
    const { traceEvents } = JSON.parse(written("chrome-trace")) as {
      traceEvents: { ph: string; name: string; ts: number; args: Record<string, number> }[];
    };
    const counted = traceEvents.filter(({ ph }) => ph === "C").map(({ ts, args }) => [ts, args]);
    assert.deepEqual(counted, [
      [100_000, { cores: 1.5 }],
      [200_000, { cores: 2 }],
      [100_000, { "memory MB": 90 }],
      [200_000, { "memory MB": 120 }],
      [100_000, { "read MB": 3 }],
      [200_000, { "read MB": 0 }],
    ]);
  });
});

describe("every format", () => {
  it("takes another tool's profile, in what that one counts", () => {
    const bytes = opened("main (a.py:1);load (a.py:3) 3000\nmain (a.py:1);keep (a.py:9) 1000\n");
    const heap = { ...bytes, imported: { ...bytes.imported!, unit: "bytes" as const } };
    for (const format of EXPORT_FORMAT_NAMES) assert.ok(EXPORT_FORMATS[format].write(heap, null).length > 0);
    assert.match(written("csv", heap), /^kind,stage,name,file,line,self_bytes,total_bytes,/);
    assert.match(written("collapsed", heap), /load \(a\.py:3\) 3000\n/);
    assert.equal(/"unit":"(\w+)"/.exec(written("speedscope", heap))![1], "bytes");
  });

  it("takes stacks that are ten thousand calls deep", () => {
    const deep = opened(
      `${Array.from({ length: 10_000 }, (_, at) => `f (a.py:${at + 1})`).join(";")} 1000\n`,
    );
    for (const format of EXPORT_FORMAT_NAMES)
      assert.ok(EXPORT_FORMATS[format].write(deep, null).length > 0, format);
  });
});
