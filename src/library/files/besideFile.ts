import { dirname, isAbsolute, join } from "node:path";

/** A path as written in a setting: absolute as it is, else beside another file. @param file `context.file`, the recording */
export const besideFile = (file: string, path: string): string =>
  isAbsolute(path) ? path : join(dirname(file), path);
