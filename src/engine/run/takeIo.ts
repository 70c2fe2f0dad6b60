import type { Lane } from "../pool/lane.ts";
import type { LaneIo } from "../worker/io/laneIo.ts";

/** What lanes did with files and the network since they were last asked; null where nobody looks. */
export async function takeIo(lanes: readonly Lane[]): Promise<readonly LaneIo[] | null> {
  const taken = await Promise.all(lanes.map(({ channel }) => channel.call("takeIo", null)));
  const known = taken.filter((io) => io !== null);
  return known.length > 0 ? known : null;
}

/** Of an attempt that was given up: only what was read while the pipeline was loaded. */
export const onlyLoading = (lanes: readonly LaneIo[] | null): readonly LaneIo[] =>
  (lanes ?? []).map(({ files, network }) => ({
    files: files.filter(({ stage }) => stage < 0),
    filesLeftOut: 0,
    network: network.filter(({ stage }) => stage < 0),
  }));
