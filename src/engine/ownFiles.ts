import * as files from "node:fs";

/** Node's functions as they are before a lane counts what a pipeline calls of them: for what the engine itself reads there. */
export const {
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  closeSync,
} = files;
