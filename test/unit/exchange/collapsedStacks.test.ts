import assert from "node:assert/strict";
import { linesOf, opened, treeOf } from "../../support/exchange/foreignProfiles.ts";

const stacks = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;

describe("collapsed stacks that are opened", () => {
  it("are those of py-spy, with the lines that were at work", () => {
    const run = opened(
      stacks(
        "<module> (main.py:3);process (src/level.py:12) 30",
        "<module> (main.py:3);process (src/level.py:14);rms (src/level.py:40) 10",
        "<module> (main.py:5) 2",
      ),
    );
    assert.deepEqual(linesOf(run), [
      "src/level.py:12 All stacks 30 30",
      "src/level.py:40 All stacks 10 10",
      "main.py:5 All stacks 2 2",
      "main.py:3 All stacks 0 40",
      "src/level.py:14 All stacks 0 10",
    ]);
    assert.deepEqual(treeOf(run), [
      "All stacks",
      "  <module> main.py:3",
      "    process src/level.py:12",
      "      :12 30",
      "      rms src/level.py:40",
      "        :40 10",
      "    :5 2",
    ]);
    assert.equal(run.imported!.unit, "samples");
    assert.equal(run.lines[0]!.ticks, 30);
  });

  it("are those of py-spy's threads, and of processes", () => {
    const run = opened(
      stacks(
        `process 12:"python main.py";thread (0x7F01): MainThread;work (a.py:1) 3`,
        `process 12:"python main.py";thread (0x7F02);work (a.py:1) 1`,
      ),
    );
    assert.deepEqual(
      run.stages.map(({ name }) => name),
      [
        `process 12:"python main.py", thread (0x7F01): MainThread`,
        `process 12:"python main.py", thread (0x7F02)`,
      ],
    );
  });

  it("are those of austin, whose counts are microseconds", () => {
    const run = opened(
      stacks(
        "# austin: 3.6.0",
        "# mode: wall",
        "",
        "P12;T0:1;/work/app/main.py:<module>:3;/work/app/src/level.py:process:12 20000",
        "P12;T0:2;/work/app/main.py:wait:9 5000",
        "# duration: 25000",
      ),
    );
    assert.deepEqual(linesOf(run), [
      "src/level.py:12 P12, T0:1 20 20",
      "main.py:9 P12, T0:2 5 5",
      "main.py:3 P12, T0:1 0 20",
    ]);
    assert.deepEqual([run.imported!.unit, run.imported!.tool], ["time", "austin 3.6.0"]);
    const memory = opened(stacks("# mode: memory", "# austin: 3.6.0", "P1;T1;a.py:f:3 4096"));
    assert.equal(memory.imported!.unit, "bytes");
  });

  it("are those of rbspy, perf, async-profiler and Node under perf", () => {
    const run = opened(
      stacks(
        "<main> - app/main.rb:3;level - app/level.rb:7 4",
        "node;_start;do_syscall_64_[k] 1",
        "java/lang/Thread.run_[j];App.main_[i] 1",
        "<main> /work/app/index.php:3;Level::rms /work/app/level.php:9 3",
        "node;LazyCompile:*level /work/app/src/level.js:12:5 2",
        "main;core::ops::call;<T as app::Level>::rms (in libapp.so) 1",
      ),
    );
    assert.deepEqual(linesOf(run).slice(0, 3), [
      "app/level.rb:7 All stacks 4 4",
      "level.php:9 All stacks 3 3",
      "src/level.js:12 All stacks 2 2",
    ]);
    const names = run.callTree.functions.map(({ name, kind, file }) => `${kind} ${name} ${file}`.trim());
    assert.ok(names.includes("runtime do_syscall_64 (kernel)"));
    assert.ok(names.includes("runtime App.main"));
    assert.ok(names.includes("source level src/level.js"));
    assert.ok(names.includes("runtime core::ops::call"));
    assert.ok(names.includes("runtime <T as app::Level>::rms (in libapp.so)"));
  });

  it("have functions that begin where they were first at work", () => {
    const run = opened(stacks("level (a.py:9) 1", "level (a.py:4) 1", "level (a.py:7) 1"));
    assert.deepEqual(treeOf(run), ["All stacks", "  level a.py:4", "    :9 1", "    :4 1", "    :7 1"]);
  });

  it("may have names that no editor would show, in the time that reading them takes", () => {
    const long = "f (/".repeat(20_000);
    const run = opened(stacks(`main (a.py:1);${long} 1`));
    assert.equal(run.callTree.functions[1]!.name, long.trim());
  });

  it("may hold lines that aren't stacks, which are told", () => {
    const run = opened(stacks("a;b 3", "Sampling process 12 times a second", "a;c 1.5", "\r"));
    assert.equal(run.totals.stagesMs, 4.5);
    assert.equal(run.findings[0]!.text, "Line 2 doesn't end in a count and was left out.");
  });

  it("may come with the line ends of Windows and a mark at the beginning", () => {
    assert.equal(opened("\uFEFFa;b 3\r\na;c 1\r\n").totals.stagesMs, 4);
  });
});
