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

/** A file's name, so that `operator() (int)`, `core::ops:12` or `f (in libm.so)` isn't taken for a place. */
const FILE = String.raw`(?!in )(?:[A-Za-z]:)?[^:;]*?(?:[\\/][^:;]*|\.\w{1,12}|<[^>]*>)`;
const LINE = String.raw`(\d+)(?::\d+)?`;

/** py-spy, Waveflame: `func (file.py:12)` */
const IN_BRACKETS = new RegExp(String.raw`^(.*) \((${FILE})(?::${LINE})?\)$`);
/** rbspy: `func - file.rb:12` */
const BEHIND_DASH = new RegExp(String.raw`^(.*) - (${FILE}):${LINE}$`);
/** austin: `file.py:func:12` */
const AROUND_NAME = new RegExp(String.raw`^(${FILE}):([^:\d][^:]*):(\d+)$`);
/** Node under perf: `LazyCompile:~func /app/file.js:12:3`; phpspy: `Class::func /app/file.php:12` */
const BEHIND_SPACE = new RegExp(String.raw`^(.*) (${FILE}):${LINE}$`);
const OF_NODE =
  /^(?:LazyCompile|Function|JS|Script|Eval|Builtin|BytecodeHandler|RegExp|Stub|Handler):[~*^+-]?/;
/** How perf and async-profiler mark frames of the kernel, of compiled and of inlined code. */
const MARK = /_\[([kji])\]$/;

/** No place stands behind longer ones, and looking for it would take long. */
const LONGEST = 2000;

export function frameText(text: string): FrameText {
  if (text.length > LONGEST) return { name: text, file: "", line: 0, kind: null };
  const mark = MARK.exec(text)?.[1];
  const bare = mark === undefined ? text : text.slice(0, -4);
  if (mark === "k") return { name: `${bare} (kernel)`, file: "", line: 0, kind: "runtime" };
  const byName = IN_BRACKETS.exec(bare) ?? BEHIND_DASH.exec(bare);
  if (byName) return placed(byName[1], byName[2], byName[3]);
  const around = AROUND_NAME.exec(bare);
  if (around) return placed(around[2], around[1], around[3]);
  const behind = BEHIND_SPACE.exec(bare);
  if (behind) return placed(behind[1]?.replace(OF_NODE, ""), behind[2], behind[3]);
  return { name: bare, file: "", line: 0, kind: null };
}

function placed(name = "", file = "", line = ""): FrameText {
  const number = Number(line);
  return { name, file, line: Number.isSafeInteger(number) ? number : 0, kind: null };
}
