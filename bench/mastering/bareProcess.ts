import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Milliseconds } from "../../src/core/units.ts";
import type { Parameters } from "./runs.ts";

export interface BareWork {
  readonly audio: string;
  readonly pipeline: string;
  readonly parameters: Parameters;
}

/** What the stages of a pipeline take where nobody measures them: a process of their own, a clock around the whole. */
export async function bareMs(work: BareWork): Promise<Milliseconds> {
  const child = fork(join(import.meta.dirname, "bareLoop.ts"));
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(
      `The bare loop ended with ${String(code)} before it had worked: what it said stands above.`,
    );
  });
  try {
    child.send(work);
    const [ms] = (await Promise.race([once(child, "message"), ended])) as [Milliseconds];
    return ms;
  } finally {
    ended.catch(() => undefined);
    child.kill();
  }
}
