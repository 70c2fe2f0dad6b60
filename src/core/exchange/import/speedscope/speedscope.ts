import { plural } from "../../../format.ts";
import { baseName } from "../../../names/paths.ts";
import { fieldsAt, lineOr0, listAt, textOr, type Fields } from "../fields.ts";
import { FrameTable } from "../frameTable.ts";
import { originOf } from "../origins.ts";
import { ProfileProblem } from "../problem.ts";
import type { ForeignProfile, ForeignThread, ReaderOptions } from "../readProfile.ts";
import { StackTree } from "../stackTree.ts";
import { threadsByRoot } from "../threadsByRoot.ts";
import { addEvents } from "./events.ts";
import { addSamples } from "./samples.ts";
import { Stacks } from "./stacks.ts";
import { unitOf, type SpeedscopeUnit } from "./units.ts";

/** These name with a frame the line that it was at; the others the line at which its function begins. */
const LINES_AT_WORK = /^(py-?spy|rbspy|austin|vernier|pyinstrument|phpspy|memray)/i;

/** A file of speedscope's own format, as many tools write it: several profiles over one list of frames. */
export function readSpeedscope(file: Fields, { workspace }: ReaderOptions): ForeignProfile {
  const tool = typeof file["exporter"] === "string" ? file["exporter"] : null;
  const shared = fieldsAt(file["shared"], `"shared"`);
  const frames = new FrameTable(tool !== null && LINES_AT_WORK.test(tool));
  const listed = listAt(shared["frames"], `"shared.frames"`).map((value, index) => {
    const frame = fieldsAt(value, `shared.frames[${index}]`);
    const name = textOr(frame["name"], "");
    const line = lineOr0(frame["line"]);
    const { file: path, kind } = originOf(textOr(frame["file"], ""), workspace);
    const isLine = path !== "" && line > 0 && name === `${baseName(path)}:${line}`;
    return { frame: frames.add({ name, file: path, kind, line }), lineIn: isLine ? path : null, line };
  });
  const isOwn = tool?.startsWith("waveflame@") === true;
  const profiles = listAt(file["profiles"], `"profiles"`)
    // Of an own export the first holds all stages; the others say what they allocated and read.
    .slice(0, isOwn ? 1 : Infinity)
    .map((value, index) => fieldsAt(value, `profiles[${index}]`));
  if (profiles.length === 0) throw new ProfileProblem(`"profiles" is empty`);
  const units = profiles.map(({ unit }, index) => unitOf(unit, `profiles[${index}].unit`));
  const kept = keptUnit(units, file["activeProfileIndex"]);
  const threads = profiles.flatMap((profile, index): ForeignThread[] => {
    const unit = units[index];
    return unit?.kind === kept.kind ? [threadOf(profile, index, unit, listed, frames)] : [];
  });
  const others = profiles.length - threads.length;
  return {
    format: "speedscope",
    tool,
    unit: kept.kind,
    frames,
    threads: isOwn ? threads.flatMap((thread) => threadsByRoot(thread, frames)) : threads,
    perMs: 1,
    notes: others === 0 ? [] : [leftOutWords(others, kept.kind)],
  };
}

const leftOutWords = (others: number, unit: string): string =>
  others === 1
    ? `One profile of the file doesn't count ${unit} as the first one does, and was left out.`
    : `${plural(others, "profile")} of the file don't count ${unit} as the first one does, and were left out.`;

/** Times and bytes can't stand in one run: what is shown first decides, among several with something in them. */
function keptUnit(units: readonly SpeedscopeUnit[], active: unknown): SpeedscopeUnit {
  const shown = typeof active === "number" ? units[active] : undefined;
  const first = shown ?? units[0];
  if (!first) throw new ProfileProblem(`"profiles" is empty`);
  return first;
}

function threadOf(
  profile: Fields,
  index: number,
  { perUnit }: SpeedscopeUnit,
  listed: Stacks["listed"],
  frames: FrameTable,
): ForeignThread {
  const tree = new StackTree();
  const stacks = new Stacks(tree, listed, frames);
  const path = `profiles[${index}]`;
  const name = textOr(profile["name"], "");
  const { type } = profile;
  if (type === "evented")
    return { name, tree, elapsed: addEvents(profile, path, perUnit, stacks), samples: null };
  if (type === "sampled")
    return { name, tree, elapsed: null, samples: addSamples(profile, path, perUnit, stacks) };
  throw new ProfileProblem(`${path}.type is neither "sampled" nor "evented"`);
}
