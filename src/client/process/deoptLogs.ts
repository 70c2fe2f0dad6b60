import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEOPT_FOLDER, DEOPT_LOG } from "../../protocol/deoptLogs.ts";

/** Where V8 prints what it also logs. Its buffer for this path holds 127 bytes, and V8 ends the process where it can't write. */
const PRINTED = "p";
const LONGEST_PATH = 127;

/**
 * Flags with which V8 logs what it takes back; none where their files can't be made. They are for the start of a process:
 * later V8 would split their paths at spaces.
 */
export function deoptFlags(workFolder: string): readonly string[] {
  const folder = join(workFolder, DEOPT_FOLDER);
  const printed = join(workFolder, PRINTED);
  if (Buffer.byteLength(printed) > LONGEST_PATH) return [];
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(printed, "", { mode: 0o600 });
  } catch {
    return [];
  }
  return [
    "--log",
    "--log-deopt",
    `--logfile=${join(folder, DEOPT_LOG)}`,
    "--redirect-code-traces",
    `--redirect-code-traces-to=${printed}`,
  ];
}
