// Stands in for the native module `@vscode/spdlog`, which would have to be compiled: loggers that append to their file.
import { appendFileSync } from "node:fs";

const LEVELS = ["trace", "debug", "info", "warning", "error", "critical"];

export const version = 11500;
export function setLevel() {}
export function setFlushOn() {}
export function shutdown() {}
export const createRotatingLogger = createLogger;
export const createAsyncRotatingLogger = createLogger;

async function createLogger(_name, file) {
  let lowest = LEVELS.indexOf("info");
  let bare = false;
  const writer = (level) => (text) => {
    if (level < lowest) return;
    const time = new Date().toISOString().replace("T", " ").replace("Z", "");
    try {
      appendFileSync(file, bare ? text : `${time} [${LEVELS[level]}] ${text}\n`);
    } catch {
      // The folder is removed while the server ends.
    }
  };
  return {
    trace: writer(0),
    debug: writer(1),
    info: writer(2),
    warn: writer(3),
    error: writer(4),
    critical: writer(5),
    getLevel: () => lowest,
    setLevel: (level) => {
      lowest = level;
    },
    setPattern: () => {
      bare = false;
    },
    clearFormatters: () => {
      bare = true;
    },
    flush() {},
    drop() {},
  };
}
