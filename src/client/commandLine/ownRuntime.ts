import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import type { OwnRuntime } from "../process/runtime.ts";

/** The Node that runs the command line; a checkout of Waveflame in `home` brings one of its own. */
export function ownRuntime(home: string, execPath = process.execPath): OwnRuntime {
  const isOfCheckout = execPath.startsWith(join(realpathSync(home), "node_modules") + sep);
  const source = isOfCheckout ? "checkout" : "command line";
  return { execPath, electron: false, version: process.versions.node, source };
}
