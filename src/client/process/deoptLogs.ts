import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEOPT_FOLDER, DEOPT_PRINTED, deoptFlags } from "../../protocol/deoptLogs.ts";

/** Flags with which V8 logs what it takes back; none where their folder can't be made. */
export function prepareDeoptLogs(workFolder: string): readonly string[] {
  const folder = join(workFolder, DEOPT_FOLDER);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, DEOPT_PRINTED), "", { mode: 0o600 });
    return deoptFlags(folder);
  } catch {
    return [];
  }
}
