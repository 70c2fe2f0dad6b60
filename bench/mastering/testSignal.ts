import { WavWriter } from "../../src/library/audio/index.ts";
import { randomFrom } from "../../src/client/sample/audio/random.ts";

const SEED = 20;
const SAMPLE_RATE = 44_100;
const TONES = [55, 110, 220, 329.63, 440, 659.26, 987.77, 2637, 6000];
const BLOCK = 65_536;

/** Swelling tones, noise, a transient twice a second, and silence for the last twentieth: 44.1 kHz stereo, the same each time. */
export async function writeTestSignal(path: string, seconds: number): Promise<void> {
  const next = testSignal(seconds);
  const options = { sampleRate: SAMPLE_RATE, channelCount: 2, encoding: "float32" } as const;
  const writer = await WavWriter.create(path, options);
  const total = Math.round(seconds * SAMPLE_RATE);
  for (let done = 0; done < total; done += BLOCK) {
    const left = new Float32Array(Math.min(BLOCK, total - done));
    const right = new Float32Array(left.length);
    for (let frame = 0; frame < left.length; frame++) [left[frame], right[frame]] = next();
    await writer.write([left, right]);
  }
  await writer.close();
}

/** @returns gives left and right, −1 to 1, a frame at a time */
function testSignal(seconds: number): () => readonly [number, number] {
  const random = randomFrom(SEED);
  const silentFrom = seconds * 0.95 * SAMPLE_RATE;
  let frame = 0;
  let struck = 0;
  return () => {
    const time = frame / SAMPLE_RATE;
    if (frame % (SAMPLE_RATE / 2) === 0) struck = time;
    frame += 1;
    if (frame > silentFrom) return [0, 0];
    const swell = 0.6 + 0.4 * Math.sin(2 * Math.PI * 0.1 * time);
    let left = 0;
    let right = 0;
    TONES.forEach((hertz, index) => {
      const tone = Math.sin(2 * Math.PI * hertz * time + index) / (index + 3);
      left += tone * (index % 2 === 0 ? 0.5 : 0.3);
      right += tone * (index % 2 === 0 ? 0.3 : 0.5);
    });
    const strike = Math.exp((struck - time) * 40) * (random() - 0.5) * 1.6;
    left = swell * left + strike + (random() - 0.5) * 0.04;
    right = swell * right + strike * 0.8 + (random() - 0.5) * 0.04;
    return [clipped(left), clipped(right)];
  };
}

const clipped = (sample: number): number => Math.max(-1, Math.min(1, sample));
