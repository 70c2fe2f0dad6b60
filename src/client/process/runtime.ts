import { execFile } from "node:child_process";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import type { Runtime } from "../../core/run/run.ts";

/** The Node that runs a pipeline, and how to start it. */
export interface ChosenRuntime {
  readonly execPath: string;
  readonly source: Runtime["source"];
  /** `24.21.0` */
  readonly version: string;
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv: readonly string[];
}

/** The process that asks: the editor's extension host or the command line. */
export interface OwnRuntime {
  readonly execPath: string;
  readonly electron: boolean;
  readonly version: string;
  /** What a run calls it. */
  readonly source: Runtime["source"];
}

/** The engine needs module.registerHooks. */
export const OLDEST_NODE = "22.15.0";

const ANSWER_TIMEOUT_MS = 5000;
const run = promisify(execFile);

/**
 * @param setting `auto`: the first fitting `node` on the PATH, else its own; `editor`: its own; else the path of a Node.
 * @param path What stands in the PATH variable.
 * @throws Error with a sentence where none fits.
 */
export async function chooseRuntime(
  setting: string,
  own: OwnRuntime,
  path: string = process.env["PATH"] ?? "",
): Promise<ChosenRuntime> {
  if (setting === "editor") return ownRuntime(own);
  if (setting !== "auto") return namedRuntime(setting);
  for (const execPath of nodesOnPath(path)) {
    const version = await versionOf(execPath);
    if (version !== null && isNewEnough(version)) return plainRuntime(execPath, "path", version);
  }
  return ownRuntime(own);
}

function nodesOnPath(path: string): string[] {
  const name = process.platform === "win32" ? "node.exe" : "node";
  // A relative or empty entry would mean the folder where one happens to stand.
  const folders = path.split(delimiter).map((entry) => entry.replace(/^"(.*)"$/, "$1"));
  return [...new Set(folders.filter(isAbsolute))].map((folder) => join(folder, name));
}

function ownRuntime(own: OwnRuntime): ChosenRuntime {
  if (!isNewEnough(own.version)) {
    throw new Error(
      `No Node ${OLDEST_NODE} or newer was found on the PATH, and the one that runs Waveflame is ${own.version}: ` +
        `install a newer Node or name one in the setting waveflame.runtime.`,
    );
  }
  const chosen = plainRuntime(own.execPath, own.source, own.version);
  return own.electron ? { ...chosen, env: { ELECTRON_RUN_AS_NODE: "1" } } : chosen;
}

async function namedRuntime(execPath: string): Promise<ChosenRuntime> {
  const advice = `set waveflame.runtime to "auto", "editor" or the absolute path of a Node.`;
  if (!isAbsolute(execPath)) throw new Error(`The runtime "${execPath}" isn't an absolute path: ${advice}`);
  const version = await versionOf(execPath);
  if (version === null) throw new Error(`The runtime "${execPath}" didn't answer as a Node: ${advice}`);
  if (!isNewEnough(version)) {
    throw new Error(
      `The runtime "${execPath}" is Node ${version}, but ${OLDEST_NODE} or newer is needed: ${advice}`,
    );
  }
  return plainRuntime(execPath, "setting", version);
}

function plainRuntime(execPath: string, source: Runtime["source"], version: string): ChosenRuntime {
  // Node 22 asks for this flag before it imports a .wasm file; its warnings would look like the pipeline's own output.
  const execArgv = ["--experimental-wasm-modules", "--disable-warning=ExperimentalWarning"];
  return { execPath, source, version, env: {}, execArgv };
}

/** Null where nothing is there, or it isn't a Node. */
async function versionOf(execPath: string): Promise<string | null> {
  try {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "" };
    const { stdout } = await run(execPath, ["-p", "process.versions.node"], {
      env,
      timeout: ANSWER_TIMEOUT_MS,
      killSignal: "SIGKILL",
      windowsHide: true,
    });
    return /^\d+\.\d+\.\d+/.test(stdout) ? stdout.trim() : null;
  } catch {
    return null;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
