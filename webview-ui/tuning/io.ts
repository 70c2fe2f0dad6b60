import { formatBytes, formatCount, formatDuration, formatShare } from "../../src/core/format.ts";
import type { FileAccess, IoFacts, NetworkAccess } from "../../src/core/run/measured/io.ts";
import type { Run } from "../../src/core/run/run.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addTable } from "../parts/stackingTable.ts";
import type { View } from "../view.ts";

/** Where a cell needs less, its row is stacked. */
const NARROWEST_PX = 680;
const SHOWN = 20;

/** What stages read, wrote and asked of other machines, the costliest first. Runs that didn't look say nothing. */
export function drawIo(host: Part, view: View): void {
  const { io } = view.run;
  if (!io) return;
  const section = addSection(host, "io", "Files and network", "in the timed pass, by stage");
  if (io.files.length === 0) add(section, "p", "quiet", "No stage opened a file.");
  else drawFiles(section, view, io);
  if (io.network.length > 0) drawNetwork(section, view, io.network);
  add(section, "p", "quiet", diskWords(io));
}

function drawFiles(section: Part, view: View, { files, filesLeftOut }: IoFacts): void {
  const table = addTable(section, {
    className: "files",
    label: "Files, by stage",
    columns: [
      { title: "File" },
      { title: "Stage" },
      { title: "Mode" },
      { title: "Opened", isNumber: true },
      { title: "Calls", isNumber: true },
      { title: "Read", isNumber: true },
      { title: "Written", isNumber: true },
      { title: "Time", isNumber: true },
    ],
    narrowestPx: NARROWEST_PX,
    until: view.until,
  });
  for (const file of files.slice(0, SHOWN)) {
    const row = table.addRow();
    row.addHead(file.path);
    row.addCell("", file.stage === "" ? "while loading" : file.stage);
    row.addCell("", modeWords(file));
    row.addCell("", formatCount(file.opened));
    row.addCell("", formatCount(file.calls));
    row.addCell("", formatBytes(file.bytesRead));
    row.addCell("", formatBytes(file.bytesWritten));
    row.addCell("", formatDuration(file.ms));
  }
  const more = Math.max(0, files.length - SHOWN) + filesLeftOut;
  if (more > 0) add(section, "p", "quiet", `${formatCount(more)} more took less time.`);
}

const modeWords = ({ mode }: FileAccess): string => (mode === "" ? "not opened" : mode);

function drawNetwork(section: Part, view: View, network: readonly NetworkAccess[]): void {
  const table = addTable(section, {
    className: "network",
    label: "Network calls, by stage",
    columns: [
      { title: "Host" },
      { title: "Stage" },
      { title: "Calls", isNumber: true },
      { title: "Failed", isNumber: true },
      { title: "Until the answer's end", isNumber: true },
      { title: "The stage waited", isNumber: true },
      { title: "and worked", isNumber: true },
    ],
    narrowestPx: NARROWEST_PX,
    until: view.until,
  });
  for (const { host, stage, calls, failed, ms } of network) {
    const row = table.addRow();
    row.addHead(host);
    row.addCell("", stage === "" ? "while loading" : stage);
    row.addCell("", formatCount(calls));
    row.addCell("", formatCount(failed));
    row.addCell("", formatDuration(ms));
    const [waited, worked] = waitAndWork(view.run, stage);
    row.addCell("", waited);
    row.addCell("", worked);
  }
}

/** Of the whole stage, for any reason; nothing outside of stages. */
function waitAndWork({ stages }: Run, name: string): readonly [string, string] {
  const stage = stages.find((one) => one.name === name);
  return stage
    ? [formatDuration(Math.max(0, stage.wallMs - stage.selfMs)), formatDuration(stage.selfMs)]
    : ["", ""];
}

const diskWords = ({ waitShare }: IoFacts): string =>
  waitShare === "unknown"
    ? "How long the machine waited for disks is unknown."
    : `The machine waited for disks ${formatShare(waitShare)} of its time.`;
