/**
 * Frames that stand for a thread or a process: austin's `P123` and `T0:456`, py-spy's `thread (0x1f)` and
 * `process 12:"python a.py"`, async-profiler's `[main tid=12]`, perf's `node-12/34`.
 */
const THREAD =
  /^(P\d+|T\d+(:\w+)?|T0x[\da-f]+|thread \(.*|process \d+.*|\[.*\btid=\d+\]|\S+-(\?|\d+)\/\d+|Thread[- ]\d+.*)$/;

/** How many of a stack's first frames name its thread. */
export function threadFrames(stack: readonly string[]): number {
  let count = 0;
  // A process and its thread, and something below them.
  while (count < 2 && count < stack.length - 1 && THREAD.test(stack[count] ?? "")) count += 1;
  return count;
}
