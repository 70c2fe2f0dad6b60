/** What a pipeline meets instead of the end of its worker: an error with a stack, so that the line can be named. */
export class PipelineExit extends Error {
  override readonly name = "PipelineExit";
}

/** `process.exit` would end the worker without a word. */
export function forbidExit(): void {
  process.exit = (code) => {
    throw new PipelineExit(`process.exit(${code ?? ""}) was called`);
  };
}
