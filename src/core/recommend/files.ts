import { formatBytes, formatCount, formatDuration, formatShare } from "../format.ts";
import { baseName } from "../names/paths.ts";
import type { FileAccess } from "../run/measured/io.ts";
import type { Run, StageFigures } from "../run/run.ts";
import type { Share } from "../units.ts";
import type { Recommendation } from "./recommendations.ts";

/** Of a stage's time, from which on its files are worth a thought. */
const WORTH_TRYING: Share = 0.1;
/** What is done for every other block isn't done in the factory, which runs once. */
const CALLS_PER_BLOCK = 0.5;
const LEAST_CALLS = 10;

interface OftenUsed {
  readonly stage: StageFigures;
  readonly file: FileAccess;
  readonly share: Share;
}

/** The file with which a stage spends most of its time, again and again; null where none takes a tenth of it. */
export function files(run: Run): Recommendation | null {
  const used = (run.io?.files ?? []).flatMap((file): OftenUsed[] => {
    const stage = run.stages.find(({ name }) => name === file.stage);
    if (!stage || stage.wallMs <= 0 || file.calls < Math.max(LEAST_CALLS, CALLS_PER_BLOCK * stage.calls))
      return [];
    return [{ stage, file, share: Math.min(1, file.ms / stage.wallMs) }];
  });
  const [worst] = used.sort((a, b) => b.file.ms - a.file.ms).filter(({ share }) => share > WORTH_TRYING);
  if (!worst) return null;
  const { stage, file, share } = worst;
  const isWritten = file.bytesWritten > file.bytesRead;
  const name = baseName(file.path);
  return {
    kind: "files",
    title: isWritten
      ? `Let ${stage.name} write ${name} in larger parts`
      : `Let ${stage.name} read ${name} once, in its factory`,
    because: `The ${stage.name} stage called for ${name} ${formatCount(file.calls)} times in ${formatCount(stage.calls)} calls of its own: ${formatDuration(file.ms)}, ${formatShare(share)} of its time, for ${formatBytes(file.bytesRead + file.bytesWritten)}.`,
    attempt: isWritten
      ? "Gather what it writes, and write it when there is enough of it, or in finish."
      : "Read it in the factory, keep what is needed of it, and use that in each block.",
    gain: {
      // Waiting for a promise is no work, so less of it makes no stage cheaper.
      ms: stage.asynchronous ? null : Math.min(file.ms, stage.selfMs),
      of: "stages",
      text: stage.asynchronous ? "less waiting for files" : "if no file were touched in a block",
    },
    where: { stage: stage.name, file: stage.file, line: stage.line },
  };
}
