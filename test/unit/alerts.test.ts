import assert from "node:assert/strict";
import { alertsOf, type Alert } from "../../src/core/alerts/alerts.ts";
import { NO_THRESHOLDS, type Thresholds } from "../../src/core/alerts/thresholds.ts";
import type { Run } from "../../src/core/run/run.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";

/** Units stand behind a narrow no-break space; here it reads as a plain one. */
const read = (text: string): string => text.replaceAll("\u202f", " ");

/** The one alert that these limits give. */
function only(run: Run, limits: Partial<Thresholds>): Alert {
  const alerts = alertsOf(run, { ...NO_THRESHOLDS, ...limits });
  assert.equal(alerts.length, 1, alerts.map(({ text }) => text).join("\n"));
  return alerts[0]!;
}

const none = (run: Run, limits: Partial<Thresholds>): void =>
  assert.deepEqual(alertsOf(run, { ...NO_THRESHOLDS, ...limits }), []);

const withMemory = (run: Run, stageMemory: Partial<NonNullable<Run["stageMemory"]>>): Run => ({
  ...run,
  stageMemory: { ...measuredRun.stageMemory!, ...stageMemory },
});

describe("alerts", () => {
  it("look at nothing where no limit is set", () => {
    none(measuredRun, {});
  });

  it("come where a limit is passed, not where it is met", () => {
    none(exampleRun, { memoryMB: 143 });
    assert.deepEqual(only(exampleRun, { memoryMB: 142.9 }).measured, 143);
  });

  it("name each broken limit once, in a fixed order", () => {
    const all = { cpuPercent: 1, memoryMB: 1, secondsPerMinute: 1, ioWaitPercent: 1 };
    assert.deepEqual(
      alertsOf(measuredRun, all).map(({ kind }) => kind),
      ["cpu", "memory", "time", "io-wait"],
    );
  });

  it("are none for another tool's profile", () => {
    const imported = { format: "cpuprofile", file: "a.cpuprofile", tool: null, unit: "time" } as const;
    none({ ...measuredRun, imported }, { cpuPercent: 0, memoryMB: 0, secondsPerMinute: 0, ioWaitPercent: 0 });
  });

  describe("of processor time", () => {
    it("take what one worker alone needs of real time, and lead to the hottest line of the costliest stage", () => {
      // 21,160 ms of work for 144 s, with four workers in 10.9 s.
      none(exampleRun, { cpuPercent: 14.7 });
      const { where, text } = only(exampleRun, { cpuPercent: 14 });
      assert.deepEqual(where, { stage: "equaliser", file: "src/biquad.ts", line: 31 });
      assert.equal(
        read(text),
        "One worker alone needs 14.7 % of real time, and waveflame.alerts.cpuPercent allows 14 %: the equaliser stage takes 37.1 % of the stages' time, its hottest line 18.6 %, so begin there.",
      );
    });

    it("lead to the stage where no line was measured, or none stands out from its error", () => {
      const place = { stage: "equaliser", file: "voice-master.pipeline.ts", line: 16 };
      assert.deepEqual(only({ ...exampleRun, lines: [] }, { cpuPercent: 1 }).where, place);
      const vague = exampleRun.lines.map((line) => ({ ...line, error: 0.9 }));
      assert.deepEqual(only({ ...exampleRun, lines: vague }, { cpuPercent: 1 }).where, place);
    });
  });

  describe("of elapsed time", () => {
    it("count seconds for a minute of audio", () => {
      // 10.9 s for 144 s are 4.54 s a minute.
      none(exampleRun, { secondsPerMinute: 4.55 });
      const { measured, text } = only(exampleRun, { secondsPerMinute: 4.5 });
      assert.ok(Math.abs(measured - (10.9 / 144) * 60) < 1e-9);
      assert.match(read(text), /^A minute of audio took 4\.54 s, and \S+secondsPerMinute allows 4\.5 s: /);
    });

    it("blame the stage that waits longest, where that is longer than the work of any other", () => {
      const waiting = exampleRun.stages.map((stage) =>
        stage.name === "loudness" ? { ...stage, asynchronous: true, wallMs: 40_650 } : stage,
      );
      const { where, text } = only({ ...exampleRun, stages: waiting }, { secondsPerMinute: 1 });
      assert.equal(where.stage, "loudness");
      assert.match(read(text), /: the loudness stage waits most, 40\.0 s for promises, so wait for several/);
    });
  });

  describe("of memory", () => {
    it("lead to the function that allocates most in the stage that does", () => {
      const { where, text } = only(measuredRun, { memoryMB: 100 });
      assert.deepEqual(where, { stage: "limiter", file: "src/oversample.ts", line: 5 });
      assert.match(
        read(text),
        /^The run held 143 MB .* allows 100 MB: the limiter stage allocates most, 172\.7 MB for each minute/,
      );
    });

    it("lead to the stage that keeps more and more, though another allocates more", () => {
      const growth = { audioSeconds: 14.4, mbPerAudioMinute: 31.5, stage: "spectrum" };
      const { where, text } = only(withMemory(exampleRun, { growth }), { memoryMB: 100 });
      // The package that allocates there isn't a place to edit.
      assert.deepEqual(where, { stage: "spectrum", file: "voice-master.pipeline.ts", line: 14 });
      assert.match(read(text), /the spectrum stage keeps 31\.5 MB more with each minute of audio/);
    });

    it("say that the stage isn't known where stages weren't looked at", () => {
      const { where, text } = only(exampleRun, { memoryMB: 100 });
      assert.deepEqual(where, { file: "voice-master.pipeline.ts", line: 1 });
      assert.match(text, /which stage holds it isn't known, so turn on waveflame\.measure\.memory/);
    });

    it("need a run that looked", () => {
      none({ ...exampleRun, memory: null }, { memoryMB: 0 });
    });
  });

  describe("of waiting for disks", () => {
    it("lead to the stage that was longest in files, and name the file", () => {
      const { where, text } = only(measuredRun, { ioWaitPercent: 2 });
      assert.deepEqual(where, { stage: "limiter", file: "voice-master.pipeline.ts", line: 29 });
      assert.match(
        read(text),
        /^The machine waited for disks 2\.1 % .* allows 2 %: the limiter stage spent 48\.0 ms on files, all of it on peaks\|raw\.csv/,
      );
    });

    it("blame no stage where none used a file", () => {
      const run = { ...measuredRun, io: { ...measuredRun.io!, files: [] } };
      const { where, text } = only(run, { ioWaitPercent: 2 });
      assert.deepEqual(where, { file: "voice-master.pipeline.ts", line: 1 });
      assert.match(text, /no stage used a file, so the recording's own disk or another program is behind it/);
    });

    it("never come where it can't be told, or wasn't looked at", () => {
      none({ ...measuredRun, io: { ...measuredRun.io!, waitShare: "unknown" } }, { ioWaitPercent: 0 });
      none({ ...measuredRun, io: null }, { ioWaitPercent: 0 });
    });
  });

  it("find a place in a run in which nothing took any time", () => {
    const run = drawRun({ slow: {}, tree: "stage p.ts:1 stream" });
    assert.deepEqual(only(run, { secondsPerMinute: 0 }).where, { file: "voice-master.pipeline.ts", line: 1 });
  });
});
