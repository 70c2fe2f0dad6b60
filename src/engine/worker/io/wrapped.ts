import { runInThisContext } from "node:vm";

// Whatever a pipeline passes, and whatever Node answers.
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
/** Does what a function did, given what it is called on and with. */
export type Instead = (self: unknown, args: unknown[]) => unknown;

/** Where functions that stand in for Node's seem to be written: such a frame is Node's in every profile. */
export const WRAPPED_URL = "waveflame counts calls of Node";
/** What those call to count, where V8 has inlined them. */
export const COUNTING = "countsCall";

/**
 * A function that looks like another one: its name, its length and whatever else is on it. By text, so that V8 shows a
 * frame of that name, by which the line that calls it is found.
 *
 * @param log while it is set aside the original does its work alone
 * @param isAsync its errors then have the stack of whoever awaits them, as those of Node's own
 */
export function wrapped(
  name: string,
  original: AnyFunction,
  instead: Instead,
  log: { readonly isAside: boolean },
  isAsync = false,
): AnyFunction {
  const quoted = JSON.stringify(name);
  const [before, wait] = isAsync ? ["async ", "await "] : ["", ""];
  const body = `log.isAside ? apply(original, this, args) : ${wait}instead(this, args)`;
  const text = `(original, instead, log, apply) => ({ ${before}${quoted}(...args) { return ${body}; } })[${quoted}]`;
  const make = runInThisContext(text, { filename: WRAPPED_URL }) as (...parts: unknown[]) => AnyFunction;
  const own = Object.getOwnPropertyDescriptors<object>(original);
  // Nobody makes instances of them.
  Reflect.deleteProperty(own, "prototype");
  return Object.defineProperties(make(original, instead, log, Reflect.apply), own);
}
