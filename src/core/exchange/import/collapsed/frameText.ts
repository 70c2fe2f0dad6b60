import type { FunctionKind } from "../../../run/run.ts";

/** What a tool has written for one frame, taken apart. */
export interface FrameText {
  readonly name: string;
  /** As the tool wrote it; empty where it wrote none. */
  readonly file: string;
  /** 0 where there is none. */
  readonly line: number;
  /** Where the text says so. */
  readonly kind: FunctionKind | null;
}

/** How perf and async-profiler mark frames of the kernel, of compiled and of inlined code. */
const MARK = /_\[([kji])\]$/;
/** What V8 writes in front of a function's name for perf. */
const OF_V8 = /^(?:LazyCompile|Function|JS|Script|Eval|Builtin|BytecodeHandler|RegExp|Stub|Handler):[~*^+-]?/;

/** Looked at from its end, so that a long text takes no longer than it is long. */
export function frameText(text: string): FrameText {
  const mark = MARK.exec(text)?.[1];
  const bare = mark === undefined ? text : text.slice(0, -4);
  if (mark === "k") return { name: `${bare} (kernel)`, file: "", line: 0, kind: "runtime" };
  return (
    inBrackets(bare) ??
    behind(bare, " - ") ??
    aroundName(bare) ??
    behind(bare, " ") ?? { name: bare, file: "", line: 0, kind: null }
  );
}

/** py-spy, Waveflame: `func (file.py:12)` */
function inBrackets(text: string): FrameText | null {
  if (!text.endsWith(")")) return null;
  let depth = 0;
  for (let at = text.length - 1; at > 0; at--) {
    if (text[at] === ")") depth += 1;
    else if (text[at] === "(") depth -= 1;
    if (depth > 0) continue;
    return text[at - 1] === " " ? placed(text.slice(0, at - 1), text.slice(at + 1, -1)) : null;
  }
  return null;
}

/** rbspy: `func - file.rb:12`; Node under perf: `LazyCompile:*func /app/file.js:12:3`; phpspy: `Class::func /app/file.php:12` */
function behind(text: string, separator: string): FrameText | null {
  const at = text.lastIndexOf(separator);
  const found = at < 0 ? null : placed(text.slice(0, at), text.slice(at + separator.length));
  return found && found.line > 0 ? { ...found, name: found.name.replace(OF_V8, "") } : null;
}

/** austin: `file.py:func:12` */
function aroundName(text: string): FrameText | null {
  const line = text.lastIndexOf(":");
  const name = text.lastIndexOf(":", line - 1);
  if (line < 1 || name < 1 || !/^\D/.test(text.slice(name + 1, line))) return null;
  return placed(text.slice(name + 1, line), `${text.slice(0, name)}${text.slice(line)}`);
}

/** @param place `file.py`, `file.py:12` or `file.py:12:3`; null for what is no place */
function placed(name: string, place: string): FrameText | null {
  const lines = /:(\d+)(?::\d+)?$/.exec(place);
  const file = lines ? place.slice(0, lines.index) : place;
  const line = Number(lines?.[1] ?? 0);
  return isFile(file) ? { name, file, line: Number.isSafeInteger(line) ? line : 0, kind: null } : null;
}

/** So that `operator() (int)`, `core::ops:12` or `f (in libm.so)` isn't taken for a place. */
const isFile = (text: string): boolean =>
  !text.startsWith("in ") && /^(?:[A-Za-z]:)?[^:;]+$/.test(text) && /[\\/]|\.\w{1,12}$|^<[^>]*>$/.test(text);
