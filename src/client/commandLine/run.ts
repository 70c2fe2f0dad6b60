import { harmless } from "../../core/report/terminalText.ts";
import { parseCommand } from "./arguments.ts";
import { exportRun } from "./commands/exportCommand.ts";
import { importOne } from "./commands/importCommand.ts";
import { profileAll, type ProfileEnd } from "./commands/profileCommand.ts";
import { reportRun } from "./commands/reportCommand.ts";
import { HELP } from "./help.ts";
import type { Surroundings } from "./surroundings.ts";

const DONE = 0;
const NOT_DONE = 2;
const CODES: Readonly<Record<ProfileEnd, number>> = { done: DONE, "limit broken": 1, failed: NOT_DONE };

/** Does what the arguments say; gives the exit code. */
export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<number> {
  const { out, error } = around.terminal;
  try {
    const command = parseCommand(args);
    switch (command.kind) {
      case "profile":
        return CODES[await profileAll(command.profile, around)];
      case "report":
        await reportRun(command.report, around);
        return DONE;
      case "export":
        await exportRun(command.export, around);
        return DONE;
      case "import":
        await importOne(command.import, around);
        return DONE;
      case "help":
        out.write(HELP);
        return DONE;
      case "version":
        out.write(`${around.version}\n`);
        return DONE;
    }
  } catch (failure) {
    const sentence = failure instanceof Error ? failure.message : String(failure);
    error.write(`${error.paint("bad", "error")}: ${harmless(sentence)}\n`);
    return NOT_DONE;
  }
}
