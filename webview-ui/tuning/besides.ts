import { heapSection } from "../../src/core/report/document/besides/heapSection.ts";
import { fileSection, networkSection } from "../../src/core/report/document/besides/ioSections.ts";
import {
  allocatorSection,
  collectionSection,
} from "../../src/core/report/document/besides/memorySections.ts";
import { poolSection } from "../../src/core/report/document/besides/poolSection.ts";
import { stageIoSection, stageMemorySection } from "../../src/core/report/document/besides/stageSections.ts";
import type { ReportSection } from "../../src/core/report/document/report.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { Part } from "../parts/dom.ts";
import { drawReportSection } from "../parts/reportTable.ts";
import type { View } from "../view.ts";

const FILES = 20;

/** By the class of the section. Runs that didn't look, and where nothing was seen, say nothing. */
const SECTIONS: Readonly<Record<string, (run: Run) => readonly ReportSection[]>> = {
  pool: poolSection,
  "stage-memory": stageMemorySection,
  allocators: allocatorSection,
  collections: (run) => collectionSection(run).filter(({ table }) => table !== null),
  "stage-io": stageIoSection,
  files: (run) => fileSection(run, FILES),
  network: networkSection,
};

/** What a stage left in the heap, where somebody asked. */
export function drawHeap(host: Part, view: View): void {
  for (const section of heapSection(view.run)) drawReportSection(host, view, "heap", section);
}

/** What was measured besides times, as the reports tell it. */
export function drawBesides(host: Part, view: View): void {
  for (const [className, sectionOf] of Object.entries(SECTIONS))
    for (const section of sectionOf(view.run)) drawReportSection(host, view, className, section);
}
