import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEOPT_LOG } from "../worker/measuring/deoptLog.ts";

/** V8 also prints what it logs. */
const PRINTED = "printed.txt";

/** A folder for V8's logs of the code that it takes back; null where it can't be made. V8 would end the process for that. */
export async function prepareDeoptLogs(work: string): Promise<string | null> {
  const folder = join(work, "deoptimisations");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, PRINTED), "", { mode: 0o600 });
    return folder;
  } catch {
    return null;
  }
}

/** Each thread that begins from then on logs into a file of its own. */
export const deoptFlags = (folder: string): readonly string[] => [
  "--log",
  "--log-deopt",
  `--logfile=${join(folder, DEOPT_LOG)}`,
  "--redirect-code-traces",
  `--redirect-code-traces-to=${join(folder, PRINTED)}`,
];
