/** Whether a function's result is still to come. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/**
 * Does `last` once a call is over, on every way out, an error included.
 *
 * @returns what the call returns; where that is a promise, one that settles as it does, after `last`
 */
export function finallyDo<Result>(call: () => Result, last: () => void): Result {
  let result;
  try {
    result = call();
  } catch (error) {
    last();
    throw error;
  }
  if (isPromise(result)) return settled(result, last) as Result;
  last();
  return result;
}

async function settled<Value>(result: PromiseLike<Value>, last: () => void): Promise<Value> {
  try {
    return await result;
  } finally {
    last();
  }
}
