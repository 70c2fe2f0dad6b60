import { spawn, type ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { randomFrom } from "../../src/client/sample/audio/random.ts";
import { wavBytes } from "../../src/client/sample/audio/wav.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { startProfiling } from "../profiling.ts";
import type { Page } from "./planted/diary.ts";
import { BLOCK_FRAMES, BLOCKS, SAMPLE_RATE, type PipelineText, type Scenario } from "./scenarios.ts";

/** What the profiler says of a run, beside what its pipeline wrote down, by block. */
export interface PlantedRun {
  readonly slowBlocks: NonNullable<Run["slowBlocks"]>;
  readonly pages: readonly Page[];
}

export async function plantedRun(
  scenario: Scenario,
  seed: number,
  { root, machine, folder }: BenchmarkSetting,
): Promise<PlantedRun> {
  const random = randomFrom(seed);
  const { amplitude, pipeline: text } = scenario.draw(random);
  const [audio, pipeline] = [join(folder, "planted.wav"), join(folder, "planted.pipeline.js")];
  const samples = Float32Array.from(
    { length: BLOCKS * BLOCK_FRAMES },
    (_, frame) => amplitude(Math.floor(frame / BLOCK_FRAMES)) * (2 * random() - 1),
  );
  await writeFile(audio, wavBytes({ sampleRate: SAMPLE_RATE, channels: [samples] }));
  await writeFile(pipeline, textOf(text));
  const crowd = scenario.isCrowded ? crowdOf(machine.logicalCores) : [];
  try {
    const { outcome } = await startProfiling({
      root,
      machine,
      audio,
      pipeline,
      workspace: folder,
      // The pass that the pipeline writes down is the one that is judged.
      settings: {
        workers: 1,
        samplingMs: 0,
        "measure.sampling": false,
        "measure.memory": false,
        "measure.repeats": 0,
      },
    });
    const { run } = await outcome;
    const pages = run.results.find(({ name }) => name === "pages")?.value as unknown as readonly Page[];
    if (!run.slowBlocks || pages.length !== BLOCKS)
      throw new Error(`The run of "${scenario.title}" isn't whole.`);
    return { slowBlocks: run.slowBlocks, pages };
  } finally {
    for (const child of crowd) child.kill();
  }
}

const textOf = ({ top, made = "", watched, isUsed = "() => true", work }: PipelineText): string =>
  `import { Diary, repeat } from "${pathToFileURL(join(import.meta.dirname, "planted", "diary.ts")).href}";
${top}
let pass = 0;

export default {
  name: "Planted",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
    work: ({ emit }) => {
      pass += 1;
      let block = -1;
      ${made}
      const diary = new Diary([${watched}], ${isUsed});
      const process = ({ channels: [sound] }) => {
        block += 1;
        diary.begin();
        ${work}
        diary.end();
      };
      diary.watch(process);
      return { process, finish: () => emit("pages", diary.close()) };
    },
  },
};
`;

/** Processes that work for a while and sleep for a longer one. */
const crowdOf = (cores: number): ChildProcess[] =>
  Array.from({ length: cores }, (_, index) =>
    spawn(process.execPath, ["-e", BURSTS, String(40 + 7 * index)], { stdio: "ignore" }),
  );

const BURSTS = `const pause = Number(process.argv[1]);
const burst = () => {
  const end = performance.now() + 8;
  while (performance.now() < end);
  setTimeout(burst, pause);
};
burst();`;
