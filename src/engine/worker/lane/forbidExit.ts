import { isMainThread } from "node:worker_threads";

/** What a pipeline meets instead of the end of its worker: an error with a stack, so that the line can be named. */
export class PipelineExit extends Error {
  override readonly name = "PipelineExit";
}

/** `process.exit` would end the worker without a word, and a signal to the process that a thread is in all that was measured. */
export function forbidExit(): void {
  process.exit = (code) => {
    throw new PipelineExit(`process.exit(${code ?? ""}) was called`);
  };
  if (isMainThread) return;
  const { pid } = process;
  const kill = process.kill.bind(process);
  process.kill = (target, signal) => {
    // 0 asks whether it lives, to itself it is the whole group.
    if ((target === pid || target === 0 || target === -pid) && signal !== 0)
      throw new PipelineExit(
        `process.kill(${target}${signal === undefined ? "" : `, ${JSON.stringify(signal)}`}) was called`,
      );
    return kill(target, signal);
  };
  process.abort = () => {
    throw new PipelineExit("process.abort() was called");
  };
}
