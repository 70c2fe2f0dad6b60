import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { now } from "../measuring/clock.ts";
import { handleCalls, numberCalls, pathCalls, type FileCall } from "./fileCalls.ts";
import type { FileLog, FileUse } from "./fileLog.ts";
import { OpenFiles } from "./openFiles.ts";
import { wrapped, type AnyFunction, type Instead } from "./wrapped.ts";

type Functions = Record<string, unknown>;
type Form = (original: AnyFunction, call: FileCall, log: FileLog) => Instead;

/**
 * From here on the log counts what this thread does by Node's `fs`, in all its forms and however it is imported. The
 * work itself is done by the very functions that were there before.
 */
export function watchFiles(log: FileLog): void {
  let knowsHandles = false;
  const open = new OpenFiles((handle) => {
    if (knowsHandles) return;
    knowsHandles = true;
    replaceAll(Object.getPrototypeOf(handle) as Functions, handleCalls(open), promising, log);
  });
  const paths = pathCalls(open);
  const functions = fs as Functions;
  for (const calls of [paths, numberCalls(open)]) {
    replaceAll(functions, calls, withCallback, log);
    replaceAll(functions, calls, synchronous, log, "Sync");
  }
  replaceAll(fs.promises, paths, promising, log);
  // For those who import a function by its name.
  syncBuiltinESMExports();
}

function replaceAll(
  home: Functions,
  calls: ReadonlyMap<string, FileCall>,
  form: Form,
  log: FileLog,
  ending = "",
): void {
  for (const [start, call] of calls) {
    const name = `${start}${ending}`;
    const original = home[name];
    if (typeof original !== "function") continue;
    const found = original as AnyFunction;
    const value = wrapped(name, found, form(found, call, log), log, form === promising);
    Object.defineProperty(home, name, { ...Object.getOwnPropertyDescriptor(home, name), value });
  }
}

// Each of them is a `countsCall`, by which profiles know it (`COUNTING`).
export const synchronous: Form = (original, call, log) =>
  function countsCall(self, args) {
    const use = useOf(call, log, args, self);
    const start = now();
    // What it calls of the others is part of it.
    const release = log.setAside();
    try {
      const answer = Reflect.apply(original, self, args);
      succeeded(call, use, answer, args);
      return answer;
    } finally {
      release();
      ended(use, start);
    }
  };

const withCallback: Form = (original, call, log) =>
  function countsCall(self, args) {
    const at = args.findLastIndex((arg) => typeof arg === "function");
    // Closing may do without one.
    if (at < 0) {
      call.closes?.(args);
      return Reflect.apply(original, self, args);
    }
    const callback = args[at] as AnyFunction;
    const given = args.slice(0, at);
    const use = useOf(call, log, args, self);
    const start = now();
    args[at] = function (this: unknown, ...answers: unknown[]): unknown {
      ended(use, start);
      if (!answers[0]) succeeded(call, use, answers[1], given);
      return Reflect.apply(callback, this, answers);
    };
    // A file that it opens by itself stays unknown, and so does what it does with it.
    const release = log.setAside();
    try {
      return Reflect.apply(original, self, args);
    } finally {
      release();
    }
  };

const promising: Form = (original, call, log) =>
  async function countsCall(self, args) {
    const use = useOf(call, log, args, self);
    const start = now();
    try {
      const answer = await Reflect.apply(original, self, args);
      succeeded(call, use, answer, args);
      return answer;
    } finally {
      ended(use, start);
    }
  };

/** Null where the call doesn't count. */
function useOf(call: FileCall, log: FileLog, args: unknown[], self: unknown): FileUse | null {
  call.closes?.(args);
  const file = log.isOn ? call.file(args, self) : undefined;
  return file ? log.use(file) : null;
}

function succeeded(call: FileCall, use: FileUse | null, answer: unknown, args: readonly unknown[]): void {
  call.opens?.(answer, args);
  if (use) call.count?.(use, answer, args);
}

function ended(use: FileUse | null, start: number): void {
  if (!use) return;
  use.calls += 1;
  use.ms += now() - start;
}
