import assert from "node:assert/strict";
import {
  EVENTED,
  linesOf,
  opened,
  SAMPLED,
  speedscopeFile,
  treeOf,
} from "../../support/exchange/foreignProfiles.ts";

describe("a speedscope file that is opened", () => {
  it("has a thread for each of its profiles, named after it", () => {
    const run = opened(speedscopeFile([SAMPLED, EVENTED], "rbspy@1"));
    assert.deepEqual(
      run.stages.map(({ name, selfMs, wallMs, share }) => [name, selfMs, wallMs, Number(share.toFixed(4))]),
      [
        ["Main", 60, 60, 0.6],
        // 30 ms in two functions, and 10 ms in one that was still open at the end, of 60 ms.
        ["Helper", 40, 60, 0.4],
      ],
    );
    assert.equal(run.imported!.tool, "rbspy@1");
  });

  it("says which line was at work, where its tool knows, with all below it once", () => {
    const run = opened(speedscopeFile([SAMPLED], "py-spy@0.4.0"));
    assert.deepEqual(linesOf(run), [
      // Twice on one stack: 15 ms below itself aren't counted again.
      "src/level.py:10 Main 45 55",
      "src/level.py:30 Main 10 25",
      "src/main.py:3 Main 5 60",
    ]);
    assert.deepEqual(treeOf(run), [
      "Main",
      "  main src/main.py:3",
      "    :3 5",
      "    process src/level.py:10",
      "      :10 30",
      "      rms src/level.py:30",
      "        :30 10",
      "        process src/level.py:10",
      "          :10 15",
    ]);
  });

  it("has the lines of functions otherwise, and tells two functions of one name by them", () => {
    const file = {
      $schema: "https://www.speedscope.app/file-format-schema.json",
      shared: {
        frames: [
          { name: "(anonymous)", file: "a.js", line: 3 },
          { name: "(anonymous)", file: "a.js", line: 9 },
        ],
      },
      profiles: [{ ...SAMPLED, samples: [[0, 1], [0]], weights: [2, 1] }],
    };
    assert.deepEqual(treeOf(opened(file)), ["Main", "  (anonymous) a.js:3 1", "    (anonymous) a.js:9 2"]);
    assert.deepEqual(linesOf(opened(file)), ["a.js:9 Main 2 2", "a.js:3 Main 1 3"]);
    const atWork = opened({ ...file, exporter: "py-spy@0.4.0" });
    assert.deepEqual(treeOf(atWork), [
      "Main",
      "  (anonymous) a.js:3",
      "    :3 1",
      "    (anonymous) a.js:3",
      "      :9 2",
    ]);
  });

  it("may count in any unit of the format", () => {
    const inUnit = (unit: string): [number, string] => {
      const run = opened(speedscopeFile([{ ...SAMPLED, unit }]));
      return [run.totals.stagesMs, run.imported!.unit];
    };
    assert.deepEqual(inUnit("seconds"), [60_000, "time"]);
    assert.deepEqual(inUnit("milliseconds"), [60, "time"]);
    assert.deepEqual(inUnit("microseconds"), [0.06, "time"]);
    assert.deepEqual(inUnit("nanoseconds"), [60 * 1e-6, "time"]);
    assert.deepEqual(inUnit("bytes"), [60, "bytes"]);
    assert.deepEqual(inUnit("none"), [60, "samples"]);
  });

  it("leaves profiles of another unit than the first one out, and says so", () => {
    const run = opened(speedscopeFile([SAMPLED, { ...SAMPLED, name: "Heap", unit: "bytes" }]));
    assert.deepEqual(
      run.stages.map(({ name }) => name),
      ["Main"],
    );
    assert.equal(
      run.findings[0]!.text,
      "One profile of the file doesn't count time as the first one does, and was left out.",
    );
  });

  it("gives each thread a name of its own, on one line", () => {
    const run = opened(
      speedscopeFile([SAMPLED, SAMPLED, { ...SAMPLED, name: "" }, { ...SAMPLED, name: "a\nb\u001b[31m" }]),
    );
    assert.deepEqual(
      run.stages.map(({ name }) => name),
      ["Main", "Main (2)", "Thread 3", "a b [31m"],
    );
  });
});
