import type { Json, Value } from "../../../library/pipeline.ts";

/** Longer lists aren't kept: recorders post all samples. */
const LONGEST = 4096;
const DEEPEST = 8;

/** What a processor posted, as a run can hold it; what JSON has no word for is described. */
export function postedValue(message: unknown): Value {
  if (message instanceof Float32Array && message.length <= LONGEST) return message;
  return described(message, 0);
}

function described(value: unknown, depth: number): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return typeof value;
  if (depth > DEEPEST) return "…";
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return listed(value as Float32Array, value.constructor.name, depth);
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength})`;
  if (value instanceof Error) return value.message;
  if (Array.isArray(value)) return listed(value, "Array", depth);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor.name;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, described(one, depth + 1)]));
}

const listed = (list: ArrayLike<unknown>, name: string, depth: number): Json =>
  list.length > LONGEST ? `${name}(${list.length})` : Array.from(list, (one) => described(one, depth + 1));
