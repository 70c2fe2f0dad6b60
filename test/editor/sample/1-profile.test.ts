import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  figuresAt,
  FIGURES,
  hottestLines,
  inEachTheme,
  inWorkspace,
  open,
  pickerTitled,
  PROFILE,
  profile,
  STATUS_ITEM,
} from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

/** `likenessAfter` in pitch.ts: three sums in a loop, once for every delay. */
const HOT_LINES = [35, 36, 37, 38, 39, 40];

describe("Profiling a recording from the explorer", () => {
  it("isn't active before its first use", () => {
    assert.equal(vscode.extensions.getExtension("waveflame.waveflame")?.isActive, false);
  });

  it("is offered on recordings and on nothing else", async () => {
    await editor.rightClick(["README.md"]);
    assert.ok(!(await editor.menuItems()).includes(PROFILE));
    await editor.closeMenu();
    await editor.rightClick(["speech.wav"]);
    assert.ok((await editor.menuItems()).includes(PROFILE));
    await editor.screenshot("explorer-menu-dark");
    await editor.closeMenu();
  });

  it("asks which of several pipelines, says what it does, and lists the hottest lines", async () => {
    await editor.rightClick(["speech.wav"]);
    await editor.chooseMenuItem(PROFILE);
    await pickerTitled("Profile with which pipeline?");
    const offered = await editor.pickItems();
    assert.match(offered[0]!, /^music-bands/);
    assert.match(offered[1]!, /^voice-level/);
    assert.ok(
      offered.slice(2).every((item) => item.includes("ships with Waveflame")),
      offered.join("\n"),
    );
    await editor.pick("voice-level");
    await pickerTitled("The hottest lines of Voice level · speech.wav");
    const said = (await editor.notices()).join("\n");
    assert.match(said, /speech\.wav/);
    const listed = await hottestLines();
    assert.ok(listed.length >= 3 && listed.length <= 10, listed.join("\n"));
    assert.match(listed[0]!, /^\d\d\.\d\u202f%\s+pitch\.ts:3\d/);
  });

  it("opens the hottest line's file, with figures behind it", async () => {
    const active = vscode.window.activeTextEditor!;
    assert.equal(active.document.uri.fsPath, inWorkspace("pitch.ts"));
    const line = active.selection.active.line + 1;
    assert.ok(HOT_LINES.includes(line), `line ${line}`);
    const { text, italic } = await figuresAt(line);
    assert.ok(Number(FIGURES.exec(text)!.groups!["share"]) > 15, text);
    assert.equal(italic, false);
    assert.ok((await editor.markedLines()).includes(line));
  });

  it("leaves lines clean that cost nothing", async () => {
    for (const line of [1, 4, 14, 30]) assert.deepEqual(await editor.afterText(line), []);
  });

  it("explains a figure on hover", async () => {
    const line = vscode.window.activeTextEditor!.selection.active.line + 1;
    const said = await editor.hoverText(line, "frame");
    assert.match(said, /of the run/);
    assert.match(said, /pitch, line 3\d/);
    assert.match(said, /median [\d.]+\u202f.s, p99 [\d.]+\u202f.s/);
    assert.match(said, /± \d+\.\d points \(95 %\)/);
    assert.match(said, /Node 2\d\.\d+/);
    await editor.screenshot("hover-dark");
  });

  it("says above each stage how fast it is", async () => {
    // Lenses outside the view are drawn when they come into it.
    for (const [stage, line] of Object.entries({ gate: 14, envelope: 32, pitch: 41 })) {
      await open("voice-level.pipeline.ts", line);
      await eventually(`a lens above ${stage}`, editor.lenses, (shown) =>
        shown.some((text) => text.startsWith(`${stage}: `) && text.includes("× real time, ")),
      );
    }
    assert.ok((await editor.lenses()).includes("Flame graph here"));
  });

  it("says in the status bar whether it keeps up", async () => {
    assert.match(
      (await editor.statusItem(STATUS_ITEM)) ?? "",
      /^Waveflame: \d[\d.]*×, (no|\d+) blocks? late$/,
    );
  });

  it("draws the same in light and in high contrast", async () => {
    await open("pitch.ts", 36);
    await inEachTheme(async (name) => {
      await figuresAt(36);
      await editor.screenshot(`annotations-${name}`);
    });
  });

  it("saves the run, and the sources that it measured, in the workspace", async () => {
    const [saved, ...others] = await readdir(inWorkspace(".waveflame", "runs"));
    assert.deepEqual(others, []);
    const run = JSON.parse(await readFile(inWorkspace(".waveflame", "runs", saved!), "utf8")) as {
      audio: { path: string; sampleRate: number };
      lines: { file: string }[];
    };
    assert.deepEqual(run.audio, { ...run.audio, path: "speech.wav", sampleRate: 16_000 });
    assert.equal(run.lines[0]!.file, "pitch.ts");
    assert.equal((await readdir(inWorkspace(".waveflame", "sources"))).length, 2);
  });

  it("remembers the pipeline and replaces the figures", async () => {
    await editor.rightClick(["speech.wav"]);
    await editor.chooseMenuItem(PROFILE);
    await pickerTitled("Profile with which pipeline?");
    const [first] = await editor.pickItems();
    assert.match(first!, /^voice-level.*Taken last time/);
    await editor.pick("music-bands");
    await hottestLines();
    await open("pitch.ts", 36);
    await eventually(
      "the old figures to go",
      () => editor.afterText(36),
      (texts) => texts.length === 0,
    );
  });

  it("shows stage, segment, seconds of audio and the time left while it works", async () => {
    await editor.rightClick(["speech-long.wav"]);
    await editor.chooseMenuItem(PROFILE);
    await pickerTitled("Profile with which pipeline?");
    await editor.pick("voice-level");
    await editor.openNotifications();
    const shown = new Set<string>();
    await eventually(
      "progress with all of them",
      async () => {
        for (const text of await editor.notifications()) shown.add(text);
        return [...shown];
      },
      (texts) =>
        texts.some((text) =>
          /speech-long\.wav: .*stage \w+, segment \d of 6, 0:\d\d\.\d of 1:00\.0, about [\d.]+\u202fm?s left/.test(
            text,
          ),
        ),
    );
    await hottestLines();
    await vscode.commands.executeCommand("notifications.hideList");
  });

  it("profiles several recordings one after the other", async () => {
    const before = (await readdir(inWorkspace(".waveflame", "runs"))).length;
    await profile(["music.wav", "speech.wav"], "voice-level");
    const after = (await readdir(inWorkspace(".waveflame", "runs"))).length;
    assert.equal(after - before, 2);
  });
});
