export { audioFilesIn, type AudioFilesOptions } from "./audioFilesIn.ts";
export { besideFile, writeTextFile } from "./writeTextFile.ts";
