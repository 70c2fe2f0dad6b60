import { dirname, relative, sep } from "node:path";

/** How a file names another one: counted from its own folder, with slashes on every system, so that both can be moved together. */
export const pathFrom = (file: string, other: string): string =>
  relative(dirname(file), other).replaceAll(sep, "/");
