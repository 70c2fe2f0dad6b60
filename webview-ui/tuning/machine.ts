import { formatNumber, formatBytes, plural } from "../../src/core/format.ts";
import type { Machine, Run } from "../../src/core/run/run.ts";
import type { OrUnknown } from "../../src/core/run/orUnknown.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import type { View } from "../view.ts";
import { simdMeaning, simdWords } from "./simd.ts";

export function drawMachine(host: Part, view: View): void {
  const { machine, workers } = view.run;
  const section = addSection(host, "machine", "This machine");
  drawCores(section, machine, workers.used);
  const list = add(section, "dl", "facts-list");
  for (const [name, value] of factsOf(view.run)) {
    add(list, "dt", "quiet", name);
    const words = add(list, "dd", "", value);
    if (name === "SIMD") add(words, "span", "quiet simd-meaning", simdMeaning(view.run));
  }
}

/** A box per core, a cell per hardware thread; as many cells are filled as there were workers. */
function drawCores(section: Part, machine: Machine, used: number): void {
  const { logicalCores, physicalCores } = machine;
  const cores = physicalCores === "unknown" || physicalCores < 1 ? logicalCores : physicalCores;
  const threads = Math.max(1, Math.round(logicalCores / cores));
  if (Math.max(logicalCores, cores) > 64) return;
  const picture = add(section, "div", "cores").attr("aria-hidden", "true");
  for (let core = 0; core < cores; core++) {
    const box = add(picture, "div", "core");
    for (let thread = 0; thread < threads; thread++) {
      const worker = thread * cores + core;
      add(box, "span", worker < used ? "thread used" : "thread", worker < used ? `w${worker + 1}` : "");
    }
  }
  add(
    section,
    "p",
    "quiet small cores-words",
    `${plural(used, "worker")} on ${plural(logicalCores, "hardware thread")}; the system chose which.`,
  );
}

function factsOf({ machine, runtime }: Run): [string, string][] {
  const { cpu, frequencyGHz, physicalCores, logicalCores, gpus } = machine;
  const source = {
    path: "found on the PATH",
    editor: "the editor's own",
    setting: "named by a setting",
    "command line": "of the command line",
    checkout: "of the checkout of Waveflame",
  }[runtime.source];
  const frequency = frequencyGHz === "unknown" ? "" : `, ${formatNumber(frequencyGHz)}\u202fGHz`;
  return [
    ["Processor", `${cpu === "unknown" ? "unknown" : cpu}${frequency}`],
    ["Cores", `${physicalCores} physical, ${logicalCores} logical`],
    ["Memory", `${formatNumber(machine.memoryGB)}\u202fGB`],
    ["Disk", machine.disk],
    ["GPU", gpuWords(gpus)],
    ["SIMD", simdWords(machine.simd)],
    ["System", `${machine.platform}, ${machine.architecture}`],
    ["Runtime", `Node ${runtime.node}, V8 ${runtime.v8}, ${source}`],
  ];
}

function gpuWords(gpus: OrUnknown<Machine["gpus"] & readonly unknown[]>): string {
  if (gpus === "unknown") return "unknown";
  if (gpus.length === 0) return "none";
  return gpus
    .map(
      ({ name, memoryMB }) =>
        `${name}, memory ${memoryMB === "unknown" ? "unknown" : formatBytes(memoryMB * 2 ** 20)}`,
    )
    .join("; ");
}
