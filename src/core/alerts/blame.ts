import type { LineFigures, Run, StageFigures } from "../run/run.ts";
import type { Base1Line } from "../units.ts";

/** What contributes most to a broken limit. */
export interface Blame {
  /** Null where no stage can be named. */
  readonly stage: StageFigures | null;
  /** That stage's hottest line; null where none was measured, or where the place is another one. */
  readonly line: LineFigures | null;
  readonly where: { readonly stage?: string; readonly file: string; readonly line: Base1Line };
}

/** The stage that works longest, and its hottest line. */
export const blameForWork = (run: Run): Blame =>
  hottestLineOf(
    run,
    mostOf(run, ({ selfMs }) => selfMs),
  );

/** The stage that takes longest, its waiting for promises included, and its hottest line. */
export const blameForTime = (run: Run): Blame =>
  hottestLineOf(
    run,
    mostOf(run, ({ wallMs }) => wallMs),
  );

/** The stage that keeps ever more, else the one that allocates most; there the function that does. */
export function blameForMemory(run: Run): Blame {
  const { stageMemory } = run;
  if (stageMemory === null) return nobody(run);
  const { growth, stages, functions } = stageMemory;
  const keeps = growth !== null && growth.mbPerAudioMinute > 0 && growth.stage !== null;
  const [most] = stages.toSorted((a, b) => b.mbPerAudioMinute - a.mbPerAudioMinute);
  const stage = run.stages.find(({ name }) => name === (keeps ? growth.stage : most?.stage)) ?? null;
  const [allocator] = functions
    .filter(({ file, line }) => isOwnSource(file) && line > 0)
    .filter((each) => each.stage === stage?.name)
    .sort((a, b) => (keeps ? b.heldBytes - a.heldBytes : b.bytes - a.bytes));
  if (!stage || !allocator) return atStage(run, stage);
  return { stage, line: null, where: { stage: stage.name, file: allocator.file, line: allocator.line } };
}

/** The stage that was longest in calls for files; which of its lines made them isn't known. */
export function blameForFiles(run: Run): Blame {
  const ms = (name: string): number =>
    (run.io?.files ?? []).reduce((sum, each) => (each.stage === name ? sum + each.ms : sum), 0);
  return atStage(
    run,
    mostOf(run, ({ name }) => ms(name)),
  );
}

/** Null where it is nothing for each. */
function mostOf(run: Run, figure: (stage: StageFigures) => number): StageFigures | null {
  const [most] = run.stages.filter((stage) => figure(stage) > 0).sort((a, b) => figure(b) - figure(a));
  return most ?? null;
}

function hottestLineOf(run: Run, stage: StageFigures | null): Blame {
  const [line] = run.lines
    .filter((each) => each.stage === stage?.name && each.share > each.error)
    .sort((a, b) => b.selfMs - a.selfMs);
  if (!stage || !line) return atStage(run, stage);
  return { stage, line, where: { stage: stage.name, file: line.file, line: line.line } };
}

const atStage = (run: Run, stage: StageFigures | null): Blame =>
  stage
    ? { stage, line: null, where: { stage: stage.name, file: stage.file, line: stage.line } }
    : nobody(run);

const nobody = ({ pipeline }: Run): Blame => ({
  stage: null,
  line: null,
  where: { file: pipeline.file, line: 1 },
});

const isOwnSource = (file: string): boolean => file !== "" && !file.includes("node_modules/");
