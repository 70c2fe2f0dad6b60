import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import * as vscode from "vscode";
import {
  inEachTheme,
  inWorkspace,
  open,
  pickerTitled,
  profile,
  withSetting,
} from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually } from "../../support/editor/until.ts";

/** `likenessAfter` in pitch.ts. */
const HOT_LINES = [35, 36, 37, 38, 39, 40];
/** No code is so fast. */
const TINY = 0.0001;

const entries = (file: string): vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(vscode.Uri.file(inWorkspace(file)))
    .filter(({ source }) => source === "Waveflame");

const entriesThat = (
  what: string,
  wanted: (found: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> => eventually(what, () => Promise.resolve(entries("pitch.ts")), wanted);

const lineOf = ({ range }: vscode.Diagnostic): number => range.start.line + 1;

describe("A limit that a run breaks", () => {
  let text: string;
  before(async () => {
    text = await readFile(inWorkspace("pitch.ts"), "utf8");
  });

  it("is an entry in Problems on the guilty line, without the panel", async () => {
    await withSetting("waveflame.alerts.cpuPercent", TINY, async () => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await profile(["speech.wav"], "voice-level");
      const [entry, ...others] = await entriesThat("an entry", (found) => found.length > 0);
      assert.deepEqual(others, []);
      assert.equal(entry!.severity, vscode.DiagnosticSeverity.Warning);
      assert.equal(entry!.code, "cpu");
      assert.ok(HOT_LINES.includes(lineOf(entry!)), `line ${lineOf(entry!)}`);
      assert.match(entry!.message, /^speech\.wav: One worker alone needs [\d.]+\u202f% of real time, /);
      await vscode.commands.executeCommand("workbench.actions.view.problems");
      const shown = await eventually("it in the Problems view", editor.problems, (rows) =>
        rows.some((row) => row.includes("One worker alone needs")),
      );
      assert.ok(
        shown.some((row) => row.includes("pitch.ts")),
        shown.join("\n"),
      );
      await open("pitch.ts", lineOf(entry!));
      await inEachTheme(async (name) => editor.screenshot(`problems-${name}`));
    });
    await vscode.commands.executeCommand("workbench.action.closePanel");
  });

  it("goes where the limit is raised, and comes back where it is lowered", async () => {
    await entriesThat("the entry to go", (found) => found.length === 0);
    await withSetting("waveflame.alerts.cpuPercent", TINY, async () => {
      await entriesThat("the entry to come back", (found) => found.length === 1);
    });
  });

  it("follows its line through edits", async () => {
    await withSetting("waveflame.alerts.cpuPercent", TINY, async () => {
      const [before] = await entriesThat("an entry", (found) => found.length === 1);
      const line = lineOf(before!);
      const editing = await open("pitch.ts", line);
      await editing.edit((change) => change.insert(new vscode.Position(0, 0), "// one\n// two\n"));
      await entriesThat("it two lines below", ([entry]) => entry !== undefined && lineOf(entry) === line + 2);
      await editing.edit((change) => change.insert(new vscode.Position(line + 1, 0), "/* louder */"));
      await entriesThat(
        "the word that it was edited",
        ([entry]) => entry?.message.endsWith(" (edited since)") ?? false,
      );
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await entriesThat("it where it was", ([entry]) => entry !== undefined && lineOf(entry) === line);
    });
  });

  it("goes when a later run keeps it", async () => {
    await withSetting("waveflame.alerts.cpuPercent", TINY, async () => {
      const [entry] = await entriesThat("an entry", (found) => found.length === 1);
      const percent = Number(/needs ([\d.]+)\u202f%/.exec(entry!.message)![1]);
      await withSetting("waveflame.alerts.cpuPercent", percent / 2, async () => {
        await entriesThat("an entry", (found) => found.length === 1);
        const editing = await open("pitch.ts", 1);
        // The loop that takes nearly all of the time ends before it begins.
        const faster = text.replace("let i = delay; i < frame", "let i = frame.length; i < frame");
        assert.notEqual(faster, text);
        const whole = new vscode.Range(0, 0, editing.document.lineCount, 0);
        await editing.edit((change) => change.replace(whole, faster));
        try {
          await profile(["speech.wav"], "voice-level");
          await entriesThat("the entry to go", (found) => found.length === 0);
        } finally {
          const again = await open("pitch.ts", 1);
          await again.edit((change) =>
            change.replace(new vscode.Range(0, 0, again.document.lineCount, 0), text),
          );
          await again.document.save();
        }
      });
    });
  });

  it("goes when the figures are cleared", async () => {
    await withSetting("waveflame.alerts.cpuPercent", TINY, async () => {
      await profile(["speech.wav"], "voice-level");
      await entriesThat("an entry", (found) => found.length > 0);
      await vscode.commands.executeCommand("waveflame.clearAnnotations");
      await entriesThat("it to go", (found) => found.length === 0);
    });
  });
});

describe("A report", () => {
  const read = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");

  it("is written after a run where the settings ask for it", async () => {
    await withSetting("waveflame.reports.format", "md", () =>
      profile(["speech.wav"], "voice-level").then(() => undefined),
    );
    const written = await eventually(
      "the report",
      () => read(inWorkspace(".waveflame", "reports", "speech.wav.voice-level.md")),
      (found) => found !== "",
    );
    assert.match(written, /^# Waveflame report: speech\.wav through Voice level\n/);
  });

  it("is saved where a person says, in the format that they pick", async () => {
    const path = inWorkspace("speech.wav.voice-level.html");
    await withSetting("files.simpleDialog.enable", true, async () => {
      await editor.runCommand("Waveflame: Save Report…");
      await pickerTitled("Save the report as what?");
      await editor.pick("HTML");
      await pickerTitled("Save Report");
      await editor.press("Enter");
      const page = await eventually(
        "the page",
        () => read(path),
        (found) => found !== "",
      );
      assert.match(page, /<title>Waveflame report: speech\.wav through Voice level<\/title>/);
      assert.match(page, /<code>/);
    });
    await rm(path);
  });
});
