import { relative, sep } from "node:path";

/** Short where it lies in the folder. */
export const shownPath = (path: string, folder: string): string =>
  path.startsWith(folder + sep) ? relative(folder, path) : path;
