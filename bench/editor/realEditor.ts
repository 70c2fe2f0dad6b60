import { execFileSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { openSample } from "../../src/client/sample/sample.ts";
import { findDesktopEditor } from "../../test/editor/harness/desktop.ts";
import type { Counts } from "../../test/editor/harness/report.ts";
import { runSession } from "../../test/editor/harness/session.ts";
import type { Session } from "../../test/editor/harness/sessions.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, worst, type Figure } from "../report/figure.ts";
import { bundleInside } from "./bundle.ts";
import { CLICKS_VARIABLE, FIGURES_VARIABLE, type InsideFigure } from "./inside/figuresFile.ts";

const ACTIVATIONS = { quick: 1, usual: 9, full: 25 };
const CLICK_STARTS = { quick: 1, usual: 3, full: 15 };
const CLICKS = { quick: 2, usual: 4, full: 8 };

const ACTIVATION_MS = 50;
const BESIDE_MS = 2000;
const SAMPLING_MS = 3000;

/** Starts the real editor with the packaged extension, several times, and works in it as a person does. */
export async function realEditor(setting: BenchmarkSetting): Promise<Figure[]> {
  const { root, folder, extent, say } = setting;
  execFileSync(process.execPath, [join(root, "scripts", "package.mjs")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const under = {
    root,
    desktop: await findDesktopEditor(join(root, "out", "vscode")),
    vsix: join(root, "dist", "waveflame.vsix"),
    tests: await bundleInside(root),
  };
  const file = join(folder, "inside.jsonl");
  process.env[FIGURES_VARIABLE] = file;
  process.env[CLICKS_VARIABLE] = String(CLICKS[extent]);
  const counts: Counts = { passed: 0, failed: 0 };
  const starts = [
    ...Array<string>(ACTIVATIONS[extent]).fill("activation"),
    ...Array<string>(CLICK_STARTS[extent]).fill("click"),
  ];
  for (const [index, name] of starts.entries()) {
    say(`${under.desktop ?? "the embedded VS Code"}: start ${index + 1}/${starts.length}, ${name}`);
    await runSession({ name, trusted: true, workspace: onePipeline }, under, counts);
    if (counts.failed > 0)
      throw new Error("A step in the editor failed, so there is nothing to measure: see above.");
  }
  return figuresOf(await readFigures(file));
}

/** One pipeline, so that nothing is asked between the click and the annotations. */
const onePipeline: Session["workspace"] = async (folder, root) => {
  const types = join(root, "dist", "library", "waveflame.d.ts");
  await openSample(join(root, "media", "sample"), folder, types);
  await rm(join(folder, "music-bands.pipeline.ts"));
  return folder;
};

async function readFigures(file: string): Promise<InsideFigure[]> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as InsideFigure);
}

function figuresOf(inside: readonly InsideFigure[]): Figure[] {
  const early = inside.filter((one) => one.kind === "active early" && one.active).length;
  const activations = inside.flatMap((one) => (one.kind === "activation" ? [one] : []));
  const counted = activations.map(({ ms }) => ms);
  const answered = activations.map(({ answeredMs }) => answeredMs);
  const beside = (wanted: boolean): number[] =>
    inside.flatMap((one) =>
      one.kind === "click" && one.first === wanted
        ? [one.elapsedMs - one.timedMs - Math.min(SAMPLING_MS, one.sampledMs)]
        : [],
    );
  return [
    atMost("click to annotations beyond pipeline and sampling: first click, median", beside(true)),
    atMost("click to annotations beyond pipeline and sampling: later clicks, median", beside(false)),
    atMost("click to annotations beyond pipeline and sampling: slowest", [
      worst([...beside(true), ...beside(false)]),
    ]),
    boundedFigure(
      "activation as the editor counts it, median",
      median(counted),
      "ms",
      `≤ ${ACTIVATION_MS} ms`,
      median(counted) <= ACTIVATION_MS,
    ),
    plainFigure("activation as the editor counts it, slowest", worst(counted), "ms"),
    plainFigure("activation until the starting workbench has answered, median", median(answered), "ms"),
    plainFigure("activation until the starting workbench has answered, slowest", worst(answered), "ms"),
    boundedFigure(
      "starts with the extension active before its first use",
      early,
      "starts",
      "none",
      early === 0,
    ),
  ];
}

const atMost = (name: string, times: readonly number[]): Figure =>
  boundedFigure(name, median(times), "ms", `≤ ${BESIDE_MS / 1000} s`, median(times) <= BESIDE_MS);
