import { createHash } from "node:crypto";
import { importProfile } from "../../core/exchange/import/importProfile.ts";
import { runPath } from "../../core/names/paths.ts";
import type { ProfileOutcome } from "../../protocol/engine.ts";
import { profileText } from "./profileText.ts";
import { presentSources } from "./presentSources.ts";

export interface OpenOptions {
  /** Where its sources may lie, the likeliest first; absolute. */
  readonly folders: readonly string[];
  /** The version of Waveflame. */
  readonly waveflame: string;
  readonly now: Date;
}

export interface OpenedProfile {
  readonly outcome: ProfileOutcome;
  /** What the run's relative paths are relative to. */
  readonly folder: string | null;
}

/**
 * Another tool's profile as a run, with those of its sources that lie in the folder, as they are now.
 *
 * @param path absolute
 * @throws Error with a sentence for what can't be read, isn't a profile or is damaged
 */
export async function openProfile(
  path: string,
  { folders, waveflame, now }: OpenOptions,
): Promise<OpenedProfile> {
  const { text, bytes, time } = await profileText(path);
  const folder = folders.find((each) => text.includes(each)) ?? folders[0] ?? null;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const run = importProfile(text, {
    id: `${now.toISOString().replaceAll(":", "-")}-${sha256.slice(0, 8)}`,
    time: now.toISOString(),
    waveflame,
    file: runPath(path, folder),
    sha256,
    workspace: folder,
  });
  const { sources, finding } =
    folder === null ? { sources: [], finding: null } : await presentSources(run, folder, time);
  const files = sources.map(({ file, sha256: hash }) => ({ file, sha256: hash }));
  return {
    outcome: {
      run: {
        ...run,
        pipeline: { ...run.pipeline, files },
        findings: finding ? [...run.findings, finding] : run.findings,
      },
      sources,
    },
    folder,
  };
}
