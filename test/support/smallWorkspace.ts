import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { wavBytes } from "../../src/client/sample/audio/wav.ts";

/** Two seconds at 8 kHz, so that a run takes a moment and no more. */
export const SMALL = { sampleRate: 8000, seconds: 2, blockFrames: 256 };

export async function writeTone(path: string, seconds = SMALL.seconds): Promise<void> {
  const samples = Float32Array.from({ length: seconds * SMALL.sampleRate }, (_, i) => 0.5 * Math.sin(i / 5));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, wavBytes({ sampleRate: SMALL.sampleRate, channels: [samples] }));
}

/** @param stages What stands between the braces of `stages`. */
export const pipelineText = (
  stages: string,
  before = "",
): string => `import { definePipeline } from "waveflame";
${before}
export default definePipeline({
  name: "Small",
  blockFrames: ${SMALL.blockFrames},
  stages: {
${stages}
  },
});
`;

/** Its fifth line of `stages` does nearly all of the work. */
export const GAIN = `    gain: {
      parameters: { factor: 2 },
      create: ({ parameters, emit }) => ({ channels: [samples] }) => {
        for (let i = 0; i < samples.length; i += 1) {
          for (let j = 0; j < 40; j += 1) samples[i] = Math.sin(samples[i] * Number(parameters.factor));
        }
        emit("first", samples[0]);
      },
    },`;
/** Where `pipelineText(GAIN)` has that line. */
export const HOT_LINE = 11;

export async function writePipeline(folder: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}
