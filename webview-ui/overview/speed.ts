import {
  formatBytes,
  formatDuration,
  formatLoad,
  formatNumber,
  formatSpeed,
  plural,
} from "../../src/core/format.ts";
import { measuredSeconds, measuredStretch, wasMeasuredAlone } from "../../src/core/run/measuredAudio.ts";
import type { Run } from "../../src/core/run/run.ts";
import { threadLoad } from "../../src/core/run/threadLoad.ts";
import { speedOf, type Load } from "../../src/core/units.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

interface Fact {
  readonly figure: string;
  readonly words: string;
}

/** The one big figure of the page: how fast one thread is with all stages. What elapsed stands below. */
export function drawSpeed(host: Part, run: Run): void {
  const load = threadLoad(run);
  const section = add(host, "section", "speed").attr("aria-label", "Speed");
  const headline = add(section, "p", "headline");
  add(headline, "span", "figure", formatNumber(speedOf(load)));
  add(headline, "span", "times", "×");
  add(section, "p", "headline-words", "real time on one thread");
  const list = add(section, "dl", "figure-list");
  for (const { figure, words } of [work(run, load), elapsed(run), ...headroom(run), ...memory(run)]) {
    add(list, "dt", "", figure);
    add(list, "dd", "quiet", words);
  }
}

function work(run: Run, load: Load): Fact {
  const pass = wasMeasuredAlone(run) ? "alone" : "timed";
  const ms = load * measuredSeconds(run, pass) * 1000;
  return {
    figure: formatLoad(load),
    words: `load, ${formatDuration(ms)} of work for ${measuredStretch(run, pass)}`,
  };
}

function elapsed({ totals, workers }: Run): Fact {
  return workers.used === 1
    ? { figure: formatDuration(totals.wallMs), words: "elapsed, with reading and handing over the audio" }
    : {
        figure: formatSpeed(totals.speed),
        words: `real time on ${plural(workers.used, "worker")}, ${formatDuration(totals.wallMs)} elapsed`,
      };
}

function memory({ memory: facts }: Run): Fact[] {
  if (!facts) return [];
  return [
    {
      figure: formatBytes(facts.peakMB * 2 ** 20),
      words: "of memory at its peak, the engine with all its processes",
    },
  ];
}

/** How much slower a CPU could be and still keep up; there is none where a block was late. */
function headroom(run: Run): Fact[] {
  const { deadline } = run.totals;
  if (!deadline || deadline.overruns > 0 || deadline.peakLoad <= 0) return [];
  return [
    {
      figure: formatSpeed(1 / deadline.peakLoad),
      words: "headroom: the slowest block would still be in time on a CPU so many times slower",
    },
  ];
}
