import assert from "node:assert/strict";
import stringWidth from "string-width";
import type { ReportSection } from "../../src/core/report/document/report.ts";
import { heapSection } from "../../src/core/report/document/besides/heapSection.ts";
import { fileSection, networkSection } from "../../src/core/report/document/besides/ioSections.ts";
import { collectionSection } from "../../src/core/report/document/besides/memorySections.ts";
import { slowBlocksSection } from "../../src/core/report/document/besides/slowBlockSections.ts";
import { stageIoSection, stageMemorySection } from "../../src/core/report/document/besides/stageSections.ts";
import { terminalReport } from "../../src/core/report/terminalReport.ts";
import type { Run } from "../../src/core/run/run.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { exampleRun } from "../support/exampleRun.ts";

const plain = (text: string): string => text.replaceAll("\u202f", " ");

/** Titles and rows as a person reads them. */
function read([section]: readonly ReportSection[]): string[][] {
  const { columns = [], rows = [] } = section?.table ?? {};
  return [columns.map(({ title }) => title), ...rows.map((row) => row.map(({ text }) => plain(text)))];
}

const report = (run: Run, columns = 80): string =>
  plain(terminalReport(run, { colour: false, columns, source: () => null, parameters: {}, alerts: [] }));

/** A section of the terminal's report, up to the next one. */
function part(text: string, title: string): string[] {
  const lines = text.split("\n");
  const from = lines.indexOf(title);
  return from < 0 ? [] : lines.slice(from + 1, lines.indexOf("", from));
}

describe("what was measured besides times", () => {
  it("is a row for each stage, with memory apart and collections by kind", () => {
    assert.deepEqual(read(stageMemorySection(measuredRun)), [
      [
        ...["stage", "heap", "external", "buffers", "a second", "an audio minute", "most held"],
        ...["minor collections", "major collections"],
      ],
      ["spectrum", "900 B", "0 B", "0 B", "2.40 MB", "4.80 MB", "58.2 MB", "", ""],
      [
        "limiter",
        "23.4 KB",
        "0 B",
        "8.00 KB",
        "68.6 MB",
        "173 MB",
        "61.5 MB",
        "58 in 431 ms",
        "1 in 15.2 ms",
      ],
      ["outside of stages", "", "", "", "", "", "", "2 in 1.30 ms", ""],
    ]);
  });

  it("tells waiting from work for stages that wait or ask other machines, and for no others", () => {
    const stages = measuredRun.stages.map((stage) =>
      stage.name === "loudness" ? { ...stage, selfMs: 650, wallMs: 900 } : stage,
    );
    const run = { ...measuredRun, stages };
    assert.deepEqual(read(stageIoSection(run)), [
      ["stage", "files", "network", "waited", "worked"],
      ["spectrum", "3 calls in 1.40 ms", "", "", ""],
      ["loudness", "", "2 calls in 31.0 ms", "250 ms", "650 ms"],
      ["limiter", "360 calls in 48.0 ms", "", "", ""],
    ]);
    assert.deepEqual(read(networkSection(run))[1], [
      ...["localhost:8080", "loudness", "2", "1", "31.0 ms", "250 ms", "650 ms"],
    ]);
  });

  it("says which files there are besides those shown", () => {
    const io = { ...measuredRun.io!, filesLeftOut: 4 };
    const [section] = fileSection({ ...measuredRun, io }, 1);
    assert.equal(section?.table?.rows.length, 1);
    assert.deepEqual(section.notes.map(plain), [
      "The machine waited for disks 2.1 % of its time.",
      "5 more files took less time.",
    ]);
  });

  it("gives the longest pauses to a block and a second of the recording", () => {
    assert.deepEqual(read(collectionSection(measuredRun)).slice(1), [
      ["major", "15.2 ms", "limiter", "12,140", "2:09.5", "w2"],
      ["minor", "7.10 ms", "limiter", "1,800", "0:19.2", "w2"],
    ]);
    assert.deepEqual(collectionSection(measuredRun)[0]?.notes.map(plain), [
      "61 pauses, 448 ms in all; here the 2 longest.",
    ]);
  });

  it("names the worst slow blocks of each cause with what says so, the commonest cause first", () => {
    const [, denormals, collection, first] = read(slowBlocksSection(measuredRun));
    assert.deepEqual(denormals, [
      ...["denormals", "161", "11.9 ms", "1:31.5", "src/biquad.ts:31"],
      "With faint noise added these blocks took 0.55 ms instead of 11.1 ms.",
    ]);
    assert.deepEqual(collection?.slice(0, 5), ["collection", "5", "18.1 ms", "2:09.5", "stage limiter"]);
    assert.deepEqual(first, ["first calls", "2"]);
  });

  it("is what the heap holds after a stage, and who holds the largest of each type", () => {
    assert.equal(heapSection(measuredRun)[0]?.title, "Heap after limiter");
    assert.deepEqual(read(heapSection(measuredRun)).slice(1), [
      [
        ...["system / JSArrayBufferData", "90", "8.32 MB"],
        "system / Context.frames › Array[12] › Float32Array.buffer › ArrayBuffer.backing_store",
      ],
      [
        "(compiled code)",
        "48,025",
        "5.64 MB",
        "fir.shared › fir.script › file:///home/somebody/evening/audio-pipelines/voice-master/src/oversample.ts.line_ends",
      ],
      ["Voice", "1,350", "63.3 KB", "the runtime"],
    ]);
  });

  it("isn't told where nobody looked", () => {
    for (const sections of [
      stageMemorySection,
      stageIoSection,
      collectionSection,
      slowBlocksSection,
      heapSection,
    ])
      assert.deepEqual(sections(exampleRun), []);
    const text = report(exampleRun);
    assert.doesNotMatch(text, /by stage|Slow blocks|Heap after|each worker/);
  });
});

describe("what was measured besides times, in a terminal", () => {
  it("fits its width", () => {
    const text = report(measuredRun);
    const titles = [
      ...["Slow blocks", "Memory by stage", "Collections by stage", "Files and network by stage"],
      ...["Heap after limiter", "What each worker did"],
    ];
    for (const title of titles) {
      const lines = part(text, title);
      assert.ok(lines.length > 1, title);
      assert.deepEqual(
        lines.filter((line) => stringWidth(line) > 80),
        [],
        title,
      );
    }
  });

  it("has the evidence below its row, and none where there is none", () => {
    const [, row, evidence, , , last, note] = part(report(measuredRun), "Slow blocks");
    assert.match(row!, /^ {2}denormals +161 +11\.9 ms +1:31\.5 +src\/biquad\.ts:31$/);
    assert.equal(evidence, "    With faint noise added these blocks took 0.55 ms instead of 11.1 ms.");
    assert.match(last!, /^ {2}first calls +2$/);
    assert.match(note!, /^ {2}168 slow blocks: /);
  });

  it("leaves out the outermost of those who hold something where there is no room", () => {
    assert.match(
      part(report(measuredRun), "Heap after limiter")[1]!,
      /8\.32 MB {2}… › ArrayBuffer\.backing_store$/,
    );
    assert.match(
      part(report(measuredRun, 140), "Heap after limiter")[1]!,
      /8\.32 MB {2}system \/ Context\.frames › Array\[12\] › Float32Array\.buffer › ArrayBuffer\.backing_store$/,
    );
  });

  it("says nothing of the workers where there is one", () => {
    const pool = { ...measuredRun.pool!, workers: measuredRun.pool!.workers.slice(0, 1) };
    assert.doesNotMatch(report({ ...measuredRun, pool }), /each worker/);
  });

  it("says what each measurement cost", () => {
    assert.match(
      report(measuredRun),
      /Measuring cost 0\.4 % of the stages' time: timing calls < 0\.1 %, memory 0\.4 %, files and network < 0\.1 %\.$/m,
    );
    assert.match(report(exampleRun), /Measuring cost < 0\.1 % of the stages' time\.$/m);
  });

  it("can't be made to command the terminal", () => {
    const evil = "\u001b]0;title\u0007";
    const [type] = measuredRun.heap!.types;
    const heap = { ...measuredRun.heap!, stage: evil, types: [{ ...type!, name: evil, heldBy: [evil] }] };
    const stageMemory = {
      ...measuredRun.stageMemory!,
      stages: measuredRun.stageMemory!.stages.map((each) => ({ ...each, stage: evil })),
    };
    const stages = measuredRun.stages.map((each) => ({ ...each, name: evil }));
    assert.doesNotMatch(
      report({ ...measuredRun, heap, stageMemory, stages }).replaceAll("\n", ""),
      /\p{Cc}/u,
    );
  });
});
