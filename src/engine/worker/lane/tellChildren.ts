import { subscribe } from "node:diagnostics_channel";
import type { ChildProcess } from "node:child_process";
import type { ChildNews } from "./laneProtocol.ts";

/** Tells of each process that the pipeline of this thread starts, and when it ends. Those that it waits for asleep aren't seen. */
export function tellChildren(tell: (news: ChildNews) => void): void {
  subscribe("child_process", (message) => {
    const { process: child } = message as { readonly process: ChildProcess };
    child.once("spawn", () => {
      const { pid } = child;
      if (pid === undefined) return;
      tell({ pid, lives: true });
      child.once("exit", () => {
        tell({ pid, lives: false });
      });
    });
  });
}
