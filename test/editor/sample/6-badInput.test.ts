import assert from "node:assert/strict";
import { readdir, rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  figuresAt,
  inWorkspace,
  open,
  pickerTitled,
  PROFILE,
  profile,
} from "../../support/editor/product.ts";
import { editor } from "../../support/editor/remote.ts";
import { eventually, until } from "../../support/editor/until.ts";

const THROWING = `import { definePipeline } from "waveflame";
export default definePipeline({
  name: "Throwing",
  stages: {
    late: () => (block) => {
      if (block.time > 7) throw new Error("too late");
    },
  },
});
`;
const ENDLESS = `import { definePipeline } from "waveflame";
export default definePipeline({
  name: "Endless",
  stages: {
    endless: () => () => {
      for (;;);
    },
  },
});
`;
const MADE = {
  "text.wav": "This was never audio.",
  "song.mp3": "ID3",
  "empty.wav": "",
  "throwing.pipeline.ts": THROWING,
  "endless.pipeline.ts": ENDLESS,
};

/** Waits for an error among what the editor announced. */
async function told(words: RegExp): Promise<string> {
  const heard: string[] = [];
  return until(
    `an error like ${words.source}`,
    async () => {
      heard.push(...(await editor.notices()));
      return heard.find((notice) => notice.startsWith("Error: ") && words.test(notice));
    },
    () => heard,
  );
}

async function start(recording: string, pipeline: string): Promise<void> {
  await editor.notices();
  await editor.rightClick([recording]);
  await editor.chooseMenuItem(PROFILE);
  await pickerTitled("Profile with which pipeline?");
  await editor.pick(pipeline);
}

describe("What can't be profiled", () => {
  let runs: string[];

  before(async () => {
    for (const [name, text] of Object.entries(MADE)) await writeFile(inWorkspace(name), text);
    await profile(["speech.wav"], "voice-level");
    runs = await readdir(inWorkspace(".waveflame", "runs"));
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const name of Object.keys(MADE)) await rm(inWorkspace(name));
  });

  afterEach("leaves the earlier runs and figures", async () => {
    assert.deepEqual(await readdir(inWorkspace(".waveflame", "runs")), runs);
    await open("pitch.ts", 36);
    await figuresAt(36);
  });

  it("a text called .wav is named in one sentence", async () => {
    await start("text.wav", "voice-level");
    const sentence = await told(/text\.wav/);
    assert.match(sentence, /isn't audio/);
  });

  it("an empty file is named", async () => {
    await start("empty.wav", "voice-level");
    assert.match(await told(/empty\.wav/), /is empty|holds no|0 bytes/);
  });

  it("what only its name calls MP3 is named, too", async () => {
    await start("song.mp3", "voice-level");
    assert.match(await told(/song\.mp3/), /isn't audio/);
  });

  it("a stage that throws: the second of audio and the source line are named", async () => {
    await start("speech.wav", "throwing");
    const sentence = await told(/too late/);
    assert.match(sentence, /"late" threw at 0:07\.\d of speech\.wav/);
    assert.match(sentence, /throwing\.pipeline\.ts:6/);
  });

  it("a pipeline that never ends can be cancelled", async () => {
    await start("speech.wav", "endless");
    await editor.openNotifications();
    await eventually("the progress to be shown", editor.notifications, (shown) =>
      shown.some((text) => text.includes("speech.wav")),
    );
    await editor.cancelProgress();
    // Left open, it would take the next Escape for itself.
    await vscode.commands.executeCommand("notifications.hideList");
    // A run under way would refuse a second one.
    await editor.notices();
    await start("text.wav", "voice-level");
    await told(/text\.wav/);
  });
});
