import * as files from "node:fs";

/** Node's functions as they are before a lane counts what a pipeline calls of them: for what the engine itself reads there. */
export const { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync, statSync } = files;
