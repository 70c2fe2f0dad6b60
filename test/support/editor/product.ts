import { join } from "node:path";
import * as vscode from "vscode";
import type { AfterText } from "./editorSteps.ts";
import { editor } from "./remote.ts";
import { eventually } from "./until.ts";

export const PROFILE = "Profile with Waveflame";
export const STATUS_ITEM = "waveflame.waveflame.speed";

/** `12.4 % · 34.0 ms · 1.9 % load`, with narrow no-break spaces before the units. */
export const FIGURES =
  /^(?<share>\d{1,3}\.\d)\u202f% · [\d.]+\u202f(?:µs|ms|s) · (?:<\u202f)?[\d.]+\u202f% load$/;

/** A file of the first workspace folder. */
export function inWorkspace(...names: string[]): string {
  return join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, ...names);
}

/** Right-click, menu, the pipeline where there is a choice; gives the list of the hottest lines, which is then closed. */
export async function profile(recordings: readonly string[], pipeline?: string): Promise<string[]> {
  await editor.rightClick(recordings);
  await editor.chooseMenuItem(PROFILE);
  if (pipeline !== undefined) {
    await pickerTitled("Profile with which pipeline?");
    await editor.pick(pipeline);
  }
  return hottestLines();
}

export async function hottestLines(): Promise<string[]> {
  await pickerTitled("The hottest lines");
  const lines = await editor.pickItems();
  await closePicker();
  return lines;
}

export async function closePicker(): Promise<void> {
  await editor.press("Escape");
  await eventually("the list to close", editor.pickTitle, (title) => title === null);
}

export async function pickerTitled(words: string): Promise<string> {
  const title = await eventually(
    `a list titled "${words}"`,
    editor.pickTitle,
    (shown) => shown?.includes(words) ?? false,
  );
  return title ?? "";
}

export async function open(file: string, line = 1): Promise<vscode.TextEditor> {
  const at = new vscode.Position(line - 1, 0);
  const shown = await vscode.window.showTextDocument(vscode.Uri.file(inWorkspace(file)), {
    viewColumn: vscode.ViewColumn.One,
    preview: false,
  });
  shown.selection = new vscode.Selection(at, at);
  shown.revealRange(shown.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return shown;
}

/** Waits for figures behind a line of the active editor. */
export async function figuresAt(line: number, wanted = FIGURES): Promise<AfterText> {
  const shown = await eventually(
    `figures behind line ${line}`,
    () => editor.afterText(line),
    (texts) => texts.some(({ text }) => wanted.test(text)),
  );
  return shown.find(({ text }) => wanted.test(text))!;
}

export async function noFiguresAt(line: number): Promise<void> {
  await eventually(
    `nothing behind line ${line}`,
    () => editor.afterText(line),
    (texts) => texts.length === 0,
  );
}

/** A setting of the user's, until the work is done. */
export async function withSetting(key: string, value: unknown, work: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  await settings.update(key, value, vscode.ConfigurationTarget.Global);
  try {
    await work();
  } finally {
    await settings.update(key, undefined, vscode.ConfigurationTarget.Global);
  }
}

/** In light, in high contrast, and in dark, which stays. */
export async function inEachTheme(work: (name: string) => Promise<void>): Promise<void> {
  for (const [theme, name] of Object.entries({
    "Light Modern": "light",
    "Default High Contrast": "high-contrast",
    "Dark Modern": "dark",
  })) {
    await vscode.workspace
      .getConfiguration()
      .update("workbench.colorTheme", theme, vscode.ConfigurationTarget.Global);
    await work(name);
  }
}

/** TypeScript has looked at a file once it can tell what a name in it is. */
export async function typeScriptKnows(name: string, path: string, at: vscode.Position): Promise<void> {
  await eventually(
    `TypeScript to know ${name}`,
    () =>
      Promise.resolve(
        vscode.commands.executeCommand<vscode.Hover[]>(
          "vscode.executeHoverProvider",
          vscode.Uri.file(path),
          at,
        ),
      ),
    (hovers) =>
      hovers.some(({ contents }) =>
        contents.some((content) => (content as vscode.MarkdownString).value.includes(name)),
      ),
  );
}
