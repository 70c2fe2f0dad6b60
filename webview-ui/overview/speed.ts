import {
  formatDuration,
  formatLoad,
  formatNumber,
  formatSeconds,
  formatSpeed,
  plural,
} from "../../src/core/format.ts";
import type { Run } from "../../src/core/run.ts";
import { speedOf } from "../../src/core/units.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

interface Fact {
  readonly figure: string;
  readonly words: string;
}

/** The one big figure of the page: how fast one thread is, else how fast the workers were together. */
export function drawSpeed(host: Part, run: Run): void {
  const { deadline } = run.totals;
  const alone = deadline !== null && run.workers.used > 1;
  const section = add(host, "section", "speed").attr("aria-label", "Speed");
  const headline = add(section, "p", "headline");
  add(headline, "span", "figure", formatNumber(alone ? speedOf(deadline.averageLoad) : run.totals.speed));
  add(headline, "span", "times", "×");
  add(section, "p", "headline-words", `real time on ${alone ? "one thread" : threads(run.workers.used)}`);
  const list = add(section, "dl", "figure-list");
  for (const { figure, words } of alone ? factsAlone(run) : factsTogether(run)) {
    add(list, "dt", "", figure);
    add(list, "dd", "quiet", words);
  }
}

function factsAlone(run: Run): Fact[] {
  const { totals, audio, workers } = run;
  const load = totals.deadline?.averageLoad ?? totals.load;
  return [
    {
      figure: formatLoad(load),
      words: `load, ${formatDuration(load * audio.durationSeconds * 1000)} for ${formatSeconds(audio.durationSeconds)} of audio`,
    },
    {
      figure: formatSpeed(totals.speed),
      words: `real time on ${plural(workers.used, "worker")}, ${formatDuration(totals.wallMs)}`,
    },
    ...headroom(run),
  ];
}

function factsTogether(run: Run): Fact[] {
  const { totals, audio } = run;
  return [
    {
      figure: formatLoad(totals.load),
      words: `load, ${formatDuration(totals.wallMs)} for ${formatSeconds(audio.durationSeconds)} of audio`,
    },
    ...headroom(run),
  ];
}

/** How much slower a CPU could be and still keep up; there is none where a block was late. */
function headroom(run: Run): Fact[] {
  const { deadline } = run.totals;
  if (!deadline || deadline.overruns > 0 || deadline.peakLoad <= 0) return [];
  return [
    {
      figure: formatSpeed(1 / deadline.peakLoad),
      words: "headroom: so much slower a CPU could be and still keep up",
    },
  ];
}

function threads(workers: number): string {
  return workers === 1 ? "one thread" : plural(workers, "worker");
}
