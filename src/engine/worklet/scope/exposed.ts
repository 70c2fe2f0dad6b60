/**
 * What the specifications expose to an AudioWorkletGlobalScope, besides the language itself and what belongs to audio:
 * the interfaces marked `[Exposed=*]` that Node has too.
 */
export const EXPOSED = [
  "AbortController",
  "AbortSignal",
  "ByteLengthQueuingStrategy",
  "CompressionStream",
  "CountQueuingStrategy",
  "CustomEvent",
  "DecompressionStream",
  "DOMException",
  "Event",
  "EventTarget",
  "MessageEvent",
  "ReadableStream",
  "ReadableStreamDefaultReader",
  "TextDecoder",
  "TextDecoderStream",
  "TextEncoder",
  "TextEncoderStream",
  "TransformStream",
  "URL",
  "URLSearchParams",
  "WritableStream",
] as const;

/** A console of the specification's methods, which prints as the pipeline's does. */
export const CONSOLE_METHODS = [
  "assert",
  "clear",
  "count",
  "countReset",
  "debug",
  "dir",
  "dirxml",
  "error",
  "group",
  "groupCollapsed",
  "groupEnd",
  "info",
  "log",
  "table",
  "time",
  "timeEnd",
  "timeLog",
  "trace",
  "warn",
] as const;
