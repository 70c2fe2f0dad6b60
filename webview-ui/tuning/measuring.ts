import { formatCount, formatDuration, formatSeconds, formatShare, plural } from "../../src/core/format.ts";
import { costWords } from "../../src/core/report/parts/runWords.ts";
import { ownerOf } from "../../src/core/names/parameterNames.ts";
import { measuredSeconds, measuredStretch } from "../../src/core/run/measuredAudio.ts";
import type { Pass, Run } from "../../src/core/run/run.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";

const PASSES: Readonly<Record<Pass["kind"], string>> = {
  timed: "Timed",
  alone: "One worker alone",
  sampled: "Sampled",
  counted: "Counted",
  allocations: "Allocations",
  probe: "Slow blocks again",
  sizes: "Other block sizes",
};

/** What was done to get the figures, and what the profiler itself cost. */
export function drawMeasuring(host: Part, view: View): void {
  const { run } = view;
  const section = addSection(host, "measuring", "How it was measured", fileWords(run));
  const list = add(section, "dl", "facts-list");
  for (const pass of run.passes) {
    add(list, "dt", "quiet", PASSES[pass.kind]);
    add(list, "dd", "", passWords(run, pass));
  }
  const cost = costWords(run);
  if (cost !== "") {
    add(list, "dt", "quiet", "Measuring cost");
    add(list, "dd", "", cost);
  }
  add(list, "dt", "quiet", "Decoding");
  add(list, "dd", "", `${formatDuration(run.audio.decodeMs)}, outside the stages`);
  drawParameters(list, run);
}

/** Those that were changed; the others, which a stage may declare by the dozen, on request. */
function drawParameters(list: Part, { pipeline: { parameters, changed }, stages }: Run): void {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return;
  add(list, "dt", "quiet", "Parameters");
  const given = entries.filter(([name]) => changed === null || changed.includes(name));
  const declared = entries.filter((entry) => !given.includes(entry));
  const words = add(list, "dd");
  add(words, "span", "", given.length > 0 ? parameterWords(given) : "all as the stages declare them");
  if (declared.length === 0) return;
  const more = add(words, "details", "more-parameters");
  add(more, "summary", "", `${plural(declared.length, "parameter")} as declared`);
  const names = stages.map(({ name }) => name);
  for (const name of names) {
    const own = declared
      .filter(([parameter]) => ownerOf(parameter, names) === name)
      .map(([parameter, value]): Parameter => [parameter.slice(name.length + 1), value]);
    if (own.length > 0) add(more, "p", "quiet", `${name}: ${parameterWords(own)}`);
  }
}

type Parameter = readonly [name: string, value: number | boolean | string];

const parameterWords = (entries: readonly Parameter[]): string =>
  entries.map(([name, value]) => `${name} ${valueWords(value)}`).join(" · ");

/** As it was given: what somebody set isn't rounded. */
const valueWords = (value: Parameter[1]): string =>
  value === "" ? "none" : typeof value === "number" ? String(value).replace("-", "−") : String(value);

function fileWords({ audio, pipeline }: Run): string {
  return `${audio.encoding}, segments of ${formatSeconds(pipeline.segmentSeconds)}`;
}

function passWords(run: Run, pass: Pass): string {
  const words = [formatDuration(pass.wallMs)];
  // The sampled pass takes stretches from everywhere.
  if (pass.kind !== "sampled" && measuredSeconds(run, pass.kind) < run.audio.durationSeconds) {
    words.push(measuredStretch(run, pass.kind));
  }
  if (pass.repeats > 1) words.push(`${formatCount(pass.repeats)} repeats`);
  if (pass.sampled && pass.ticks > 0) {
    const every =
      pass.samplingIntervalUs === null
        ? ""
        : `, asked for every ${formatDuration(pass.samplingIntervalUs / 1000)}`;
    words.push(`${formatCount(pass.ticks)} samples${every}`);
  }
  if (pass.spans > 0) {
    words.push(
      `${formatCount(pass.spans)} stage calls timed, which cost ${formatDuration(pass.overhead.spansMs)} (${formatShare(pass.overhead.share)})`,
    );
  }
  return words.join(" · ");
}
