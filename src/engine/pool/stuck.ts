import { Session } from "node:inspector";

/** One frame of a worker that was stopped from outside. */
export interface StuckFrame {
  readonly name: string;
  /** From 1, as V8 numbers it. */
  readonly line: number;
}

interface WorkerMessage {
  readonly method?: string;
  readonly params?: {
    readonly callFrames?: readonly { functionName: string; location: { lineNumber: number } }[];
  };
}

/**
 * Asks every busy worker where it is, by the debugger: that also interrupts an endless loop. A worker that sleeps in
 * native code gives no answer.
 *
 * @param waitMs how long to wait for an answer
 * @returns the stacks of those that answered, innermost frame first
 */
export function whereWorkersAre(waitMs: number): Promise<StuckFrame[][]> {
  const session = new Session();
  session.connect();
  const stacks: StuckFrame[][] = [];
  const send = (sessionId: string, id: number, method: string): void => {
    session.post("NodeWorker.sendMessageToWorker", { sessionId, message: JSON.stringify({ id, method }) });
  };
  session.on("NodeWorker.attachedToWorker", ({ params: { sessionId } }) => {
    send(sessionId, 1, "Debugger.enable");
    send(sessionId, 2, "Debugger.pause");
  });
  session.on("NodeWorker.receivedMessageFromWorker", ({ params: { sessionId, message } }) => {
    const { method, params } = JSON.parse(message) as WorkerMessage;
    if (method !== "Debugger.paused") return;
    const frames = params?.callFrames ?? [];
    stacks.push(
      frames.map(({ functionName, location }) => ({ name: functionName, line: location.lineNumber + 1 })),
    );
    // A paused worker can't be terminated.
    send(sessionId, 3, "Debugger.disable");
  });
  session.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
  return new Promise((resolve) => {
    setTimeout(() => {
      session.disconnect();
      resolve(stacks);
    }, waitMs);
  });
}
