import { EXPORT_FORMAT_NAMES } from "../../core/exchange/export/exportRun.ts";
import { OLDEST_NODE } from "../process/runtime.ts";
import { SETTING_KEYS } from "../settings/settings.ts";

/** Where an option's words begin, and how wide they are. */
const INDENT = " ".repeat(26);
const WIDTH = 54;

/** In lines, as the words of an option. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const [index, word] of words.entries()) {
    const text = index < words.length - 1 ? `${word},` : word;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  }
  return lines.join(`\n${INDENT}`);
}

export const HELP = `Usage: waveflame profile FILE… [options]
       waveflame report RUN [--format F] [--output F] [--set KEY=VALUE]
       waveflame export RUN [--format X] [--output F]
       waveflame import FILE [--json F] [--quiet]

profile runs recordings through an audio pipeline and says which line costs what.
report writes what a saved run holds, export writes a run for other tools, and
import shows another tool's profile as a run. RUN is a run's file, its id in
.waveflame/runs or the beginning of one, or latest.

Options of profile
  --pipeline P            The pipeline, where the folder holds none or several: a
                          file, the name of one in the folder (voice for
                          voice.pipeline.ts), or of one that ships (mastering,
                          features)
  --variants              Profile all variants of the pipeline's stages and say
                          which is faster and whether they sound the same
  --heap-after STAGE      Look into the heap after a stage too: by type, with who
                          holds the largest of each
  --json F                Write the run as JSON to a file, or with - to standard
                          output and nothing else there; for several FILEs an
                          array of those that were profiled, in their order: one
                          that fails is named on standard error and isn't in it
  --check                 Name each limit of the settings alerts.* that a run breaks
                          on standard error, as FILE:LINE: warning: …
  --jobs N                Profile so many FILEs at once, each with its share of the
                          workers; one after the other is exact, and the default
  --workers N             Threads; otherwise by the rule for this machine
  --stall S               End a run in which no block was finished for S seconds
  --parameter NAME=VALUE  A parameter of the pipeline, or of one of its stages as
                          STAGE.NAME; may be repeated
  --set KEY=VALUE         A setting, over .vscode/settings.json; may be repeated:
                          ${wrapped(SETTING_KEYS)}
  --runtime R             auto, editor (here: this Node) or the path of a Node
                          from ${OLDEST_NODE} on
  --quiet                 No report, no progress

Options of report
  --format F              html, json (the run itself), txt or md; by the ending of
                          --output where it isn't given, else txt
  --output F              Where to; - is standard output, the default
  --set KEY=VALUE         As above: alerts.* and sortBy are heeded

Options of export
  --format X              ${wrapped(EXPORT_FORMAT_NAMES)};
                          otherwise by the ending of --output
  --output F              Where to; - is standard output; otherwise a file in the
                          folder, named after the recording. Nothing is replaced

Options of import, whose FILE is a CPU profile (.cpuprofile), a speedscope file or
collapsed stacks
  --json F                Write the run as JSON, as above
  --quiet                 No report

  --help, --version

The folder you stand in is the workspace: its .vscode/settings.json holds, paths
are shown relative to it, and its one pipeline is taken. Runs are kept in its
.waveflame folder if it has .vscode, .waveflame, .git or package.json, or if it
holds the pipeline under a name that the setting pipelines matches; otherwise
nothing is written but what --json names and the settings reports.* ask for.

Exit code: 0 if all was done, 1 if a recording breaks a limit and --check is given,
2 otherwise.
NO_COLOR and FORCE_COLOR are honoured.
`;
