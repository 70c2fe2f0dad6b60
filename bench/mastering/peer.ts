import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  INTERPOLATION_TAPS,
  interpolationTable,
} from "../../src/library/filters/resampling/interpolatedPeaks.ts";
import { pythonWith, runPeer } from "../peers/python.ts";

/** What its stages found. */
export interface PeerFound {
  readonly content: Readonly<Record<string, number | string | null>>;
  readonly spectrum: { readonly levelsDb: readonly number[] };
  readonly envelope: Readonly<Record<string, number>>;
  readonly output: Readonly<Record<string, number>>;
}

export interface PeerResult {
  /** Milliseconds by stage. */
  readonly times: Readonly<Record<string, number>>;
  readonly found: PeerFound;
  /** The mastered sound, interleaved. */
  readonly sound: Float32Array;
}

export interface Peer {
  run(recording: string): Promise<PeerResult>;
}

/** The chain in NumPy, SciPy and Numba; null where they aren't installed. */
export async function masteringPeer(folder: string): Promise<Peer | null> {
  const python = pythonWith(["numpy", "scipy", "numba"]);
  if (python === null) return null;
  const [facts, sound, rows] = ["facts.json", "peer.f32", "rows.json"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(rows, JSON.stringify(interpolationRows()));
  return {
    async run(recording) {
      runPeer(python, "mastering.py", join(folder, "numba"), [recording, facts, sound, rows]);
      const told = JSON.parse(await readFile(facts, "utf8")) as Omit<PeerResult, "sound">;
      const bytes = await readFile(sound);
      return { ...told, sound: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4) };
    },
  };
}

/** The taps of each point between two samples: its own definition of what lies there is no part of the comparison. */
function interpolationRows(): number[][] {
  const table = [...interpolationTable()];
  const rows = table.length / INTERPOLATION_TAPS;
  return Array.from({ length: rows }, (_, row) =>
    table.slice(row * INTERPOLATION_TAPS, (row + 1) * INTERPOLATION_TAPS).toReversed(),
  );
}
