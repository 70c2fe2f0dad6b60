import { isFields } from "../../../run/check.ts";
import { plural } from "../../../format.ts";
import { fieldsAt, lineOr0, listAt, numberOr, textOr, weightAt, type Fields } from "../fields.ts";
import { FrameTable, type Frame } from "../frameTable.ts";
import { originOf } from "../origins.ts";
import { ProfileProblem } from "../problem.ts";
import type { ForeignProfile, ReaderOptions } from "../readProfile.ts";
import { StackTree } from "../stackTree.ts";
import { threadsByRoot } from "../threadsByRoot.ts";
import { orderedNodes, type OrderedNodes } from "./nodes.ts";
import { sourcesOf, type MappedPlace, type MappedPlaces } from "./mappedPlaces.ts";
import { weightsOf } from "./weights.ts";

/** V8's CPU profile, as Node, Chrome, editors and Deno write it. */
export function readCpuProfile(profile: Fields, { workspace }: ReaderOptions): ForeignProfile {
  const ordered = orderedNodes(profile);
  const { weight, ticks, isTime, elapsed, unknown } = weightsOf(profile, ordered);
  if (unknown > 0 && ticks.every((each) => each === 0))
    throw new ProfileProblem(`"samples" names none of the ${plural(ordered.nodes.length, "node")}`);
  const frames = new FrameTable(false);
  const tree = new StackTree();
  const mapped = sourcesOf(profile);
  const places = placed(ordered, frames, tree, mapped, workspace);
  const sampled = ticks.reduce((sum, each, index) => sum + ((places[index] ?? -1) < 0 ? 0 : each), 0);
  ordered.nodes.forEach((node, index) => {
    const place = places[index] ?? -1;
    if (place >= 0) addTime(tree, place, node, weight[index] ?? 0, ticks[index] ?? 0, mapped);
  });
  const own = profile["waveflame"];
  const isOwn = typeof own === "string";
  const thread = { name: textOr(profile["title"], ""), tree, elapsed, samples: sampled };
  return {
    format: "cpuprofile",
    tool: isOwn ? `waveflame@${own}` : null,
    unit: isTime ? "time" : "samples",
    frames,
    threads: isOwn ? threadsByRoot(thread, frames) : [thread],
    perMs: isTime ? 1000 : 1,
    notes: unknown > 0 ? [leftOutWords(unknown)] : [],
  };
}

const leftOutWords = (unknown: number): string =>
  unknown === 1
    ? "One sample names no node and was left out."
    : `${plural(unknown, "sample")} name no node and were left out.`;

/** By node its place in the tree; −1 for waiting, which is no work. */
function placed(
  { nodes, parent }: OrderedNodes,
  frames: FrameTable,
  tree: StackTree,
  mapped: MappedPlaces,
  workspace: string | null,
): Int32Array {
  const places = new Int32Array(nodes.length);
  nodes.forEach((node, index) => {
    const above = parent[index] ?? -1;
    const frame = frameOf(node, mapped.functionOf(node), workspace);
    const upper = above < 0 ? 0 : (places[above] ?? 0);
    if (upper < 0 || frame.name === "(idle)") places[index] = -1;
    else if (above < 0 && frame.name === "(root)") places[index] = 0;
    else places[index] = tree.child(upper, frames.add(frame));
  });
  return places;
}

/** Of the present form, or of Chrome's old one, whose lines count from 1. */
function frameOf(node: Fields, mapped: MappedPlace | null, workspace: string | null): Frame {
  const present = isFields(node["callFrame"]) ? node["callFrame"] : null;
  const call = present ?? node;
  const name = textOr(call["functionName"], "");
  const url = textOr(call["url"], "");
  if (mapped) return { name, ...originOf(mapped.path, workspace), line: mapped.line };
  if (url === "" && name === "(garbage collector)") return { name, file: "", kind: "collector", line: 0 };
  const { file, kind } = originOf(url, workspace);
  const line = lineOr0(numberOr(call["lineNumber"], -1) + (present ? 1 : 0));
  const isBuiltIn = file === "" && url.startsWith("node:");
  return { name: isBuiltIn && name !== "" ? `${name} (${url})` : name, file, kind, line };
}

/** A node's time, on its lines in the parts of their ticks where the file has them. */
function addTime(
  tree: StackTree,
  place: number,
  node: Fields,
  weight: number,
  ticks: number,
  mapped: MappedPlaces,
): void {
  const { positionTicks } = node;
  const lines =
    positionTicks === undefined || positionTicks === null || weight <= 0
      ? []
      : listAt(positionTicks, `positionTicks of node ${String(node["id"])}`)
          .map((each) => fieldsAt(each, `a line of node ${String(node["id"])}`))
          .map((each) => ({
            line: mapped.lineOf(node, each),
            hits: weightAt(each["ticks"], `ticks of a line of node ${String(node["id"])}`),
          }));
  const all = lines.reduce((sum, { hits }) => sum + hits, 0);
  // More samples than lines' ticks: the others fell on no known line.
  const whole = Math.max(all, ticks);
  let left = weight;
  let leftTicks = ticks;
  for (const { line, hits } of lines) {
    if (line <= 0 || hits <= 0) continue;
    const part = hits / whole;
    tree.addOnLine(place, line, weight * part, ticks * part);
    left -= weight * part;
    leftTicks -= ticks * part;
  }
  const isRest = left > 1e-9 * weight;
  if (isRest) tree.addSelf(place, left, Math.max(0, leftTicks));
}
