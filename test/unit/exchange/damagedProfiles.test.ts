import assert from "node:assert/strict";
import { readRun } from "../../../src/core/run/readRun.ts";
import {
  EVENTED,
  LEVEL_PROFILE,
  opened,
  SAMPLED,
  speedscopeFile,
} from "../../support/exchange/foreignProfiles.ts";
import { damagedJson, damagedText, random } from "../../support/exchange/damage.ts";

const COLLAPSED = [
  "# austin: 3.6.0",
  "P12;T0:1;/work/app/main.py:<module>:3;/work/app/src/level.py:process:12 20000",
  "P12;T0:2;<module> (main.py:3);process (src/level.py:14);rms (src/level.py:40) 10",
  "node;LazyCompile:*level /work/app/src/level.js:12:5 2",
  "<main> - app/main.rb:3;level - app/level.rb:7 4",
].join("\n");

/** One sentence: what can't be opened, why, and what to do. */
const SENTENCE = /^take\.profile can't be opened as a profile, because [^\n]+: [^\n:]+\.$/;

/** A run that can be saved and read again, or a sentence. @returns which */
function outcomeOf(text: string): "run" | "sentence" {
  let run;
  try {
    run = opened(text);
  } catch (error) {
    assert.match((error as Error).message, SENTENCE);
    return "sentence";
  }
  // Throws for what no view could show.
  const saved = readRun(JSON.stringify(run));
  const share = saved.stages.reduce((sum, each) => sum + each.share, 0);
  assert.ok(Math.abs(share - 1) < 1e-6, `the threads' shares add up to ${share}`);
  const tree = saved.callTree.selfMs.reduce((sum, ms) => sum + ms, 0);
  assert.ok(
    Math.abs(tree - saved.totals.stagesMs) <= 1e-6 * saved.totals.stagesMs,
    "the tree adds up to the whole",
  );
  assert.ok(saved.callTree.selfMs.every((ms) => ms >= 0));
  for (const { file, selfMs, totalMs } of saved.lines) {
    assert.notEqual(file, "");
    assert.ok(selfMs >= 0 && totalMs >= selfMs * (1 - 1e-9));
  }
  return "run";
}

const PROFILES: readonly (readonly [string, unknown])[] = [
  ["a CPU profile", LEVEL_PROFILE],
  ["a speedscope file", speedscopeFile([SAMPLED, EVENTED], "py-spy@0.4.0")],
  ["collapsed stacks", COLLAPSED],
];

describe("a damaged profile", () => {
  for (const [name, profile] of PROFILES) {
    const text = typeof profile === "string" ? profile : JSON.stringify(profile);

    it(`is a whole run or a sentence, wherever ${name} was cut`, () => {
      const outcomes = Array.from({ length: text.length }, (_, end) => outcomeOf(text.slice(0, end)));
      assert.ok(outcomes.includes("sentence"));
      assert.equal(outcomeOf(text), "run");
    });

    it(`is a whole run or a sentence, whichever letters of ${name} were changed`, () => {
      const next = random(20_261_122);
      const outcomes = Array.from({ length: 3000 }, () => outcomeOf(damagedText(text, next)));
      assert.deepEqual([...new Set(outcomes)].sort(), ["run", "sentence"]);
    });

    if (typeof profile === "string") continue;
    it(`is a whole run or a sentence, whatever stands in a field of ${name}`, () => {
      const next = random(7);
      const outcomes = Array.from({ length: 2000 }, () => outcomeOf(damagedJson(profile, next)));
      assert.deepEqual([...new Set(outcomes)].sort(), ["run", "sentence"]);
    });
  }

  it("says what is wrong and where", () => {
    const nodes = LEVEL_PROFILE.nodes;
    const refusals: readonly [unknown, RegExp][] = [
      ["", /because it is empty: record it again/],
      ["\u001f\u008b\b", /because it is packed: unpack it first, as with gzip -d\.$/],
      ["RIFF\0\0\0\0WAVE", /because it isn't text: open a CPU profile/],
      ["Dear diary,\nnothing happened.\n", /because line 1 doesn't end in a count: open a CPU profile/],
      ['{"nodes":[', /because it isn't complete JSON: save it again\.$/],
      [{ traceEvents: [] }, /because it is a Chrome trace: open a CPU profile/],
      [{ head: { selfSize: 3 } }, /because it is a profile of memory: /],
      [
        { format: "waveflame-run" },
        /because it is a run of Waveflame already: put it into \.waveflame\/runs/,
      ],
      [{ a: 1 }, /because it is of no format that Waveflame reads: /],
      [{ ...LEVEL_PROFILE, nodes: [] }, /because "nodes" is empty: record it again\.$/],
      [{ ...LEVEL_PROFILE, nodes: [nodes[0], nodes[0]] }, /because nodes\[1\] has the id 1 of another node/],
      [{ ...LEVEL_PROFILE, nodes: nodes.slice(0, 3) }, /because nodes\[0\]\.children\[1\] leads to no node/],
      [
        { ...LEVEL_PROFILE, nodes: nodes.map((node, at) => (at === 3 ? { ...node, children: [2] } : node)) },
        /because nodes\[3\]\.children\[0\] gives node 2 a second parent/,
      ],
      [
        {
          ...LEVEL_PROFILE,
          nodes: nodes.map((node, at) =>
            at === 0 ? { ...node, children: [5, 6] } : at === 3 ? { ...node, children: [2] } : node,
          ),
        },
        /because nodes\[1\] is above itself by its children/,
      ],
      [{ ...LEVEL_PROFILE, timeDeltas: [0, 1] }, /because "timeDeltas" has 2 entries for 7 samples/],
      [
        { ...LEVEL_PROFILE, samples: [80, 81], timeDeltas: [0, 1] },
        /because "samples" names none of the 6 nodes/,
      ],
      [
        { ...LEVEL_PROFILE, samples: [5], timeDeltas: [0] },
        /because it holds no samples of anything at work/,
      ],
      [speedscopeFile([]), /because "profiles" is empty/],
      [
        speedscopeFile([{ ...SAMPLED, unit: "years" }]),
        /because profiles\[0\]\.unit is no unit of the format/,
      ],
      [speedscopeFile([{ ...SAMPLED, weights: [1] }]), /because profiles\[0\] has 1 weights for 4 samples/],
      [
        speedscopeFile([{ ...SAMPLED, weights: [1, -1, 1, 1] }]),
        /because profiles\[0\]\.weights\[1\] is less than nothing/,
      ],
      [
        speedscopeFile([{ ...SAMPLED, samples: [[0], [9], [0], [0]] }]),
        /because profiles\[0\]\.samples\[1\] leads to no frame/,
      ],
      [
        speedscopeFile([{ ...EVENTED, events: EVENTED.events.slice(2) }]),
        /because profiles\[0\]\.events\[0\] closes a frame that isn't the last one opened/,
      ],
      [
        speedscopeFile([SAMPLED, { ...EVENTED, events: EVENTED.events.toReversed() }]),
        /because profiles\[1\]\.events\[1\] is earlier than the one before it/,
      ],
      [speedscopeFile([{ ...SAMPLED, weights: [1e300, 1e300, 1, 1] }]), /more than a clock tells/],
    ];
    for (const [profile, sentence] of refusals) {
      assert.throws(
        () => opened(profile),
        (error: Error) => {
          assert.match(error.message, sentence);
          assert.match(error.message, SENTENCE);
          return true;
        },
      );
    }
  });
});

describe("a deep stack", () => {
  const DEEP = 10_000;
  const stack = Array.from({ length: DEEP }, (_, depth) => depth);

  it("is opened from every format, as deep as it is", () => {
    const nodes = stack.map((depth) => ({
      id: depth + 1,
      callFrame: { functionName: `f${depth}`, url: "file:///work/app/a.js", lineNumber: depth },
      children: depth + 1 < DEEP ? [depth + 2] : [],
    }));
    const frames = stack.map((depth) => ({ name: `f${depth}`, file: "a.js", line: depth + 1 }));
    const files = [
      { nodes, startTime: 0, endTime: 1000, samples: [DEEP], timeDeltas: [0] },
      { ...speedscopeFile([{ ...SAMPLED, samples: [stack], weights: [1] }]), shared: { frames } },
      `${frames.map(({ name, line }) => `${name} (a.js:${line})`).join(";")} 1\n`,
    ];
    for (const file of files) {
      const run = opened(file);
      assert.equal(run.callTree.functions.length, DEEP);
      assert.equal(run.lines[0]!.line, DEEP);
      assert.deepEqual(
        run.lines.filter(({ totalMs }) => totalMs === 1).length,
        DEEP,
        "every line is above the one at work",
      );
    }
  });
});
