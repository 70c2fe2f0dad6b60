import { baseName } from "../../src/core/names/paths.ts";
import {
  formatChannels,
  formatCount,
  formatRate,
  formatSeconds,
  formatShare,
} from "../../src/core/format.ts";
import { costShare } from "../../src/core/report/parts/runWords.ts";
import { importedWords } from "../../src/core/run/cost.ts";
import type { Run } from "../../src/core/run/run.ts";
import { formatRunTime } from "../../src/core/run/runTime.ts";
import { add, addButton } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { Editor } from "./editor.ts";
import { drawDoubts } from "./doubts.ts";

export function drawHeader(page: Part, run: Run, editor: Editor): void {
  const header = add(page, "header", "page-header");
  const words = add(header, "div");
  const title = add(words, "h1");
  add(title, "b", "", baseName(run.audio.path)).attr("title", run.audio.path);
  if (!run.imported) {
    add(title, "span", "quiet", " through ");
    add(title, "b", "", run.pipeline.name).attr("title", run.pipeline.file);
  }
  const facts = add(words, "p", "facts quiet");
  // Each fact stays whole where the line breaks, and the dot before it is seen only within a line.
  factsOf(run).forEach((fact, index) => {
    if (index > 0) facts.append("span").text(" ");
    const place = add(facts, "span", "fact");
    if (index > 0) add(place, "span", "dot", "· ");
    place.append("span").text(fact);
  });
  drawDoubts(words, run);
  if (!run.imported) addButton(header, "button primary", "Run again", () => editor.runAgain());
}

function factsOf(run: Run): string[] {
  const { audio, pipeline, time, state, imported } = run;
  if (imported) return [importedWords(imported), `opened ${formatRunTime(time, new Date())}`];
  const cost = costShare(run);
  return [
    ...(state === "cancelled" ? ["cancelled: figures hold what was measured until then"] : []),
    formatSeconds(audio.durationSeconds),
    `${formatRate(audio.sampleRate)} ${formatChannels(audio.channels)}`,
    `blocks of ${formatCount(pipeline.blockFrames)}`,
    formatRunTime(time, new Date()),
    ...(cost === null ? [] : [`profiling cost ${formatShare(cost)}`]),
  ];
}
