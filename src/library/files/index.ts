export { audioFilesIn, type AudioFilesOptions } from "./audioFilesIn.ts";
export { besideFile } from "./besideFile.ts";
export { checkWritable } from "./checkWritable.ts";
export { isSameFile } from "./isSameFile.ts";
export { makeFolderFor } from "./makeFolderFor.ts";
export { mayReplace, textMark, type FileMark } from "./mayReplace.ts";
export { pathFrom } from "./pathFrom.ts";
export { WriteError } from "./writeError.ts";
export { writeTextFile } from "./writeTextFile.ts";
