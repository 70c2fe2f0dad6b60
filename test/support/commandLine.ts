import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CLI = join(ROOT, "dist", "cli.cjs");

/** What a command line left when it had ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** As a user would, standing in `folder`; no colour unless `env` asks for it. */
export function startWaveflame(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  script = CLI,
): Started {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let error = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, error }));
  });
  return { child, ended };
}

export const waveflame = (...what: Parameters<typeof startWaveflame>): Promise<Ended> =>
  startWaveflame(...what).ended;
