import { plural } from "../../../format.ts";
import { FrameTable } from "../frameTable.ts";
import { originOf } from "../origins.ts";
import { ProfileProblem } from "../problem.ts";
import type { ForeignProfile, ForeignThread, ReaderOptions } from "../readProfile.ts";
import { StackTree } from "../stackTree.ts";
import { frameText, type FrameText } from "./frameText.ts";
import { framesOf, stacksIn, type StackLine } from "./lines.ts";
import { threadFrames } from "./threads.ts";
import { unitOf } from "./units.ts";

/** Of a file whose first frames are its stages. */
const MOST_STAGES = 100;

/**
 * Collapsed (folded) stacks, `a;b;c 12` a line: what flamegraph.pl takes and py-spy, rbspy, austin, perf with
 * stackcollapse and async-profiler give. A line with a frame is the one that it was at.
 */
export function readCollapsed(text: string, { workspace }: ReaderOptions): ForeignProfile {
  const { lines, headers, unread } = stacksIn(text);
  const [first] = unread;
  if (lines.length === 0 || unread.length > lines.length)
    throw new ProfileProblem(
      first === undefined ? "it holds no stacks" : `line ${first} doesn't end in a count`,
      "open a CPU profile, a speedscope file or collapsed stacks",
    );
  const unit = unitOf(headers, lines);
  const texts = new FrameTexts();
  const stages = beginWithStages(lines, texts) ? 1 : 0;
  const frames = new FrameTable(true);
  const numbers = new Map<FrameText, number>();
  const frameOf = (text: FrameText): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const { file, kind } = originOf(text.file, workspace);
    const frame = frames.add({ name: text.name, file, kind: text.kind ?? kind, line: text.line });
    numbers.set(text, frame);
    return frame;
  };
  const threads = new Map<string, StackTree>();
  for (const line of lines) {
    const stack = framesOf(line);
    const above = Math.max(stages, threadFrames(stack));
    const name = stack.slice(0, above).join(", ");
    const tree = threads.get(name) ?? new StackTree();
    threads.set(name, tree);
    let node = 0;
    for (let at = above; at < stack.length; at++) node = tree.child(node, frameOf(texts.of(stack[at] ?? "")));
    tree.addSelf(node, line.count, unit.kind === "samples" ? line.count : 0);
  }
  return {
    format: "collapsed",
    tool: unit.tool,
    unit: unit.kind,
    frames,
    threads: [...threads].map(([name, tree]): ForeignThread => ({
      name,
      tree,
      elapsed: null,
      samples: unit.kind === "samples" ? tree.ticks.reduce((sum, ticks) => sum + ticks, 0) : null,
    })),
    perMs: unit.perMs,
    notes: first === undefined ? [] : [leftOutWords(unread.length, first)],
  };
}

const leftOutWords = (lines: number, first: number): string =>
  lines === 1
    ? `Line ${first} doesn't end in a count and was left out.`
    : `${plural(lines, "line")} don't end in a count and were left out; the first is line ${first}.`;

/** Each is taken apart once. */
class FrameTexts {
  readonly #known = new Map<string, FrameText>();

  of(written: string): FrameText {
    const known = this.#known.get(written) ?? frameText(written);
    this.#known.set(written, known);
    return known;
  }
}

/** As Waveflame exports: no first frame has a place, and others do. */
function beginWithStages(lines: readonly StackLine[], texts: FrameTexts): boolean {
  const firsts = new Set(lines.map((line) => framesOf(line)[0] ?? ""));
  const hasPlace = (frame: string): boolean => texts.of(frame).line > 0;
  if (firsts.size > MOST_STAGES || [...firsts].some(hasPlace)) return false;
  return lines.some((line) => framesOf(line).slice(1).some(hasPlace));
}
