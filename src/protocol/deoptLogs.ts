/** In the work folder of a run: what V8 says of code that it took back. */
export const DEOPT_FOLDER = "deoptimisations";
/** Before it stand the isolate and the process that write it. */
export const DEOPT_LOG = "v8.log";
/** V8 also prints what it logs. It ends the process where it can't write that, so the file is there before. */
export const DEOPT_PRINTED = "printed.txt";

/** For whoever starts the engine: later V8 would split paths at their spaces. Each thread logs into a file of its own. */
export const deoptFlags = (folder: string): readonly string[] => [
  "--log",
  "--log-deopt",
  `--logfile=${folder}/${DEOPT_LOG}`,
  "--redirect-code-traces",
  `--redirect-code-traces-to=${folder}/${DEOPT_PRINTED}`,
];
