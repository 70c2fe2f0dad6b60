export { audioFilesIn, type AudioFilesOptions } from "./audioFilesIn.ts";
export { isSameFile } from "./isSameFile.ts";
export { besideFile, writeTextFile } from "./writeTextFile.ts";
