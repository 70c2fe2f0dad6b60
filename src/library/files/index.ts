export { audioFilesIn, type AudioFilesOptions } from "./audioFilesIn.ts";
