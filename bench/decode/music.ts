import { randomFrom } from "../../src/client/sample/audio/random.ts";
import type { Seconds } from "../../src/core/units.ts";
import { writeWav } from "../../src/library/audio/writing/wavWriter.ts";

const SAMPLE_RATE = 44_100;
const BLOCK_FRAMES = 44_100;
const SEED = 51;
/** Of the notes of a chord, in Hz. */
const NOTES = [110, 138.6, 164.8, 220, 329.6, 440, 880, 1760];

/** Stereo that codecs must work for: chords that fade, and a noise on each beat. The same each time. */
export async function writeMusic(path: string, seconds: Seconds): Promise<void> {
  const options = { sampleRate: SAMPLE_RATE, channelCount: 2, encoding: "pcm16" } as const;
  await writeWav(path, blocks(seconds), options);
}

function* blocks(seconds: Seconds): Generator<{ channels: Float32Array[] }> {
  const random = randomFrom(SEED);
  for (let start = 0; start < seconds * SAMPLE_RATE; start += BLOCK_FRAMES) {
    const channels = [0, 1].map((channel) =>
      Float32Array.from({ length: BLOCK_FRAMES }, (_, frame) => {
        const time = (start + frame) / SAMPLE_RATE;
        const beat = time % 0.5;
        const chord = NOTES.reduce((sum, hertz) => sum + Math.sin(2 * Math.PI * hertz * time + channel), 0);
        return 0.06 * chord * Math.exp(-2 * beat) + 0.2 * (random() - 0.5) * Math.exp(-20 * beat);
      }),
    );
    yield { channels };
  }
}
