import { OLDEST_NODE } from "../runtime.ts";
import { SETTING_KEYS } from "../settings.ts";

export const HELP = `Usage: waveflame profile FILE… [options]

Runs recordings through an audio pipeline and says which line costs what.

Options
  --pipeline P            The pipeline, where the folder holds none or several
  --json F                Write the run as JSON to a file, or with - to standard
                          output and nothing else there; an array for several FILEs
  --workers N             Threads; otherwise by the rule for this machine
  --stall S               End a run in which no block was finished for S seconds
  --parameter NAME=VALUE  A parameter of the pipeline, or of one of its stages as
                          STAGE.NAME; may be repeated
  --set KEY=VALUE         A setting, over .vscode/settings.json; may be repeated:
                          ${SETTING_KEYS.slice(0, 5).join(", ")},
                          ${SETTING_KEYS.slice(5).join(", ")}
  --runtime R             auto, editor (here: this Node) or the path of a Node
                          from ${OLDEST_NODE} on
  --quiet                 No report, no progress
  --help, --version

The folder you stand in is the workspace: its .vscode/settings.json holds, paths
are shown relative to it, and its one pipeline is taken. Runs are kept in its
.waveflame folder if it has .vscode, .waveflame, .git or package.json, or if it
holds the pipeline under a name that the setting pipelines matches; otherwise
nothing is written but what --json names.

Exit code: 0 if all recordings were profiled, 2 otherwise.
NO_COLOR and FORCE_COLOR are honoured.
`;
