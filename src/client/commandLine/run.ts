import { harmless } from "../../core/report/terminalText.ts";
import { parseCommand } from "./arguments.ts";
import { HELP } from "./help.ts";
import { profileAll, type Surroundings } from "./profileCommand.ts";

const DONE = 0;
const NOT_DONE = 2;

/** Does what the arguments say; gives the exit code. */
export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<number> {
  const { out, error } = around.terminal;
  try {
    const command = parseCommand(args);
    if (command.kind === "profile") return (await profileAll(command.profile, around)) ? DONE : NOT_DONE;
    out.write(command.kind === "help" ? HELP : `${around.version}\n`);
    return DONE;
  } catch (failure) {
    const sentence = failure instanceof Error ? failure.message : String(failure);
    error.write(`${error.paint("bad", "error")}: ${harmless(sentence)}\n`);
    return NOT_DONE;
  }
}
