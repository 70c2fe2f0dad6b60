/** `voice-level` for the file name `voice-level.pipeline.ts`: what a pipeline is called where it doesn't say. */
export const pipelineName = (fileName: string): string =>
  fileName.replace(/(\.pipeline)?\.(?:[mc]?[jt]sx?)$/, "");
