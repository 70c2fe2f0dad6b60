import { harmless } from "../../core/report/terminalText.ts";
import { parseCommand } from "./arguments.ts";
import { HELP } from "./help.ts";
import { profileAll, type ProfileEnd, type Surroundings } from "./profileCommand.ts";
import { reportRun } from "./reportCommand.ts";

const DONE = 0;
const NOT_DONE = 2;
const CODES: Readonly<Record<ProfileEnd, number>> = { done: DONE, "limit broken": 1, failed: NOT_DONE };

/** Does what the arguments say; gives the exit code. */
export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<number> {
  const { out, error } = around.terminal;
  try {
    const command = parseCommand(args);
    if (command.kind === "profile") return CODES[await profileAll(command.profile, around)];
    if (command.kind === "report") {
      await reportRun(command.report, around);
      return DONE;
    }
    out.write(command.kind === "help" ? HELP : `${around.version}\n`);
    return DONE;
  } catch (failure) {
    const sentence = failure instanceof Error ? failure.message : String(failure);
    error.write(`${error.paint("bad", "error")}: ${harmless(sentence)}\n`);
    return NOT_DONE;
  }
}
