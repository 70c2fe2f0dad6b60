export { audioFilesIn, type AudioFilesOptions } from "./audioFilesIn.ts";
export { besideFile } from "./besideFile.ts";
export { isSameFile } from "./isSameFile.ts";
export { makeFolderFor } from "./makeFolderFor.ts";
export { writeTextFile } from "./writeTextFile.ts";
