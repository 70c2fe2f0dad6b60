import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSample } from "../../../src/client/sample/sample.ts";

/** One start of the editor: what it opens, and the folder of the tests that run in it. */
export interface Session {
  readonly name: string;
  readonly trusted: boolean;
  /** Why it is left out in a desktop editor. */
  readonly embeddedOnly?: string;
  /** Makes the workspace in an empty folder; gives the path to open. */
  readonly workspace: (folder: string, root: string) => Promise<string>;
}

export const SESSIONS: readonly Session[] = [
  { name: "sample", trusted: true, workspace: sampleWorkspace },
  {
    name: "restricted",
    trusted: false,
    embeddedOnly: "test-electron trusts every workspace on the desktop",
    workspace: sampleWorkspace,
  },
  {
    name: "reload",
    trusted: true,
    embeddedOnly: "only there is it known that the tests outlive a reload of the window",
    workspace: sampleWorkspace,
  },
  { name: "repeated", trusted: true, workspace: sampleWorkspace },
  { name: "multiRoot", trusted: true, workspace: twoFolders },
];

function sampleWorkspace(folder: string, root: string): Promise<string> {
  return openSample(join(root, "media", "sample"), folder, join(root, "dist", "library", "waveflame.d.ts"));
}

async function twoFolders(folder: string, root: string): Promise<string> {
  // A space and letters beyond ASCII: paths hold them on many machines.
  const [first, second] = [join(folder, "first röom"), join(folder, "second")];
  await mkdir(second, { recursive: true });
  await sampleWorkspace(first, root);
  await copyFile(join(first, "speech.wav"), join(second, "Stimme 1 – ü.wav"));
  const file = join(folder, "both.code-workspace");
  await writeFile(file, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
  return file;
}
