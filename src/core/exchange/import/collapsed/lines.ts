export interface StackLine {
  /** Its frames, outermost first, with semicolons between them; a big file isn't held in pieces. */
  readonly stack: string;
  readonly count: number;
}

export const framesOf = ({ stack }: StackLine): string[] => stack.split(";");

export interface StackLines {
  readonly lines: readonly StackLine[];
  /** Behind `#`. */
  readonly headers: readonly string[];
  /** Numbers of lines that are no stack with a count, from 1. */
  readonly unread: readonly number[];
}

export function stacksIn(text: string): StackLines {
  const lines: StackLine[] = [];
  const headers: string[] = [];
  const unread: number[] = [];
  let number = 0;
  for (let begin = 0; begin < text.length;) {
    const newline = text.indexOf("\n", begin);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(begin, end).trim();
    begin = end + 1;
    number += 1;
    if (line === "") continue;
    if (line.startsWith("# ")) {
      headers.push(line.slice(2).trim());
      continue;
    }
    const stack = stackOf(line);
    if (stack) lines.push(stack);
    else unread.push(number);
  }
  return { lines, headers, unread };
}

/** `a;b;c 12`; of several counts, as austin writes them, the first. */
function stackOf(line: string): StackLine | null {
  const space = Math.max(line.lastIndexOf(" "), line.lastIndexOf("\t"));
  const [written = ""] = line.slice(space + 1).split(",");
  const count = /^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(written) ? Number(written) : NaN;
  const stack = line.slice(0, Math.max(0, space)).trimEnd();
  if (!Number.isFinite(count) || stack === "") return null;
  return { stack, count };
}
