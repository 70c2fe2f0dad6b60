import type { Hertz, Seconds } from "../../../core/units.ts";
import { between, oneOf, randomFrom, type Random } from "./random.ts";
import type { Recording } from "./wav.ts";

const SAMPLE_RATE: Hertz = 16_000;
const SILENT_TAIL: Seconds = 0.8;
const ROOM_NOISE = 0.0006;
/** What the resonators leave of a pulse, made good. */
const VOWEL_GAIN = 4.5;

/** Resonances of a vowel, in Hz. */
type Formants = readonly [number, number, number];
const VOWELS: readonly [Formants, ...Formants[]] = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
];
const BANDWIDTHS: Formants = [80, 110, 160];

interface Syllable {
  readonly vowel: Formants;
  readonly pitch: Hertz;
  readonly seconds: Seconds;
  readonly loudness: number;
  /** Of the hiss before the vowel; 0 for none. */
  readonly hissSeconds: Seconds;
}

/** Voiced syllables with hisses, in phrases with pauses, in a quiet room; the last 0.8 s are digital silence. */
export function speechLike(seconds: Seconds, seed: number): Recording {
  const random = randomFrom(seed);
  const samples = new Float32Array(Math.round(seconds * SAMPLE_RATE));
  const end = samples.length - Math.round(SILENT_TAIL * SAMPLE_RATE);
  let at = Math.round(0.25 * SAMPLE_RATE);
  while (at < end) {
    const count = 3 + Math.floor(random() * 6);
    for (let i = 0; i < count && at < end; i += 1) {
      at += addSyllable(samples, at, end, syllable(random, i / count), random);
      at += Math.round(between(random, 0.01, 0.06) * SAMPLE_RATE);
    }
    at += Math.round(between(random, 0.25, 0.7) * SAMPLE_RATE);
  }
  for (let i = 0; i < end; i += 1) samples[i] = (samples[i] ?? 0) + (random() - 0.5) * ROOM_NOISE;
  return { sampleRate: SAMPLE_RATE, channels: [samples] };
}

/** The pitch of a phrase falls from its beginning to its end. */
function syllable(random: Random, position: number): Syllable {
  return {
    vowel: oneOf(random, VOWELS),
    pitch: between(random, 118, 138) * (1.15 - 0.3 * position),
    seconds: between(random, 0.11, 0.26),
    loudness: between(random, 0.25, 0.6) * (1 - 0.35 * position),
    hissSeconds: random() < 0.4 ? between(random, 0.04, 0.09) : 0,
  };
}

/** Gives its length in frames. */
function addSyllable(
  samples: Float32Array,
  from: number,
  end: number,
  spoken: Syllable,
  random: Random,
): number {
  const hissFrames = Math.round(spoken.hissSeconds * SAMPLE_RATE);
  addHiss(samples.subarray(from, Math.min(from + hissFrames, end)), spoken.loudness * 0.12, random);
  const frames = Math.round(spoken.seconds * SAMPLE_RATE);
  addVowel(
    samples.subarray(Math.min(from + hissFrames, end), Math.min(from + hissFrames + frames, end)),
    spoken,
  );
  return hissFrames + frames;
}

function addHiss(samples: Float32Array, loudness: number, random: Random): void {
  let last = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const noise = random() * 2 - 1;
    // The difference of neighbours leaves the high frequencies.
    samples[i] =
      (samples[i] ?? 0) + (noise - last) * 0.5 * loudness * Math.sin((Math.PI * i) / samples.length);
    last = noise;
  }
}

function addVowel(samples: Float32Array, { vowel, pitch, loudness }: Syllable): void {
  const resonators = vowel.map((hertz, i) => resonator(hertz, BANDWIDTHS[i] ?? 100));
  let phase = 0;
  let lastFlow = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const position = i / samples.length;
    phase = (phase + (pitch * (1 + 0.02 * Math.sin(i / 700))) / SAMPLE_RATE) % 1;
    const flow = glottalFlow(phase);
    let sound = flow - lastFlow;
    lastFlow = flow;
    for (const ring of resonators) sound = ring(sound);
    const envelope = Math.min(1, position * 8) * Math.min(1, (1 - position) * 4);
    samples[i] = (samples[i] ?? 0) + sound * envelope * loudness * VOWEL_GAIN;
  }
}

/** The air through the vocal folds: opening for 40 % of a period, closing for 16 %, then closed. */
function glottalFlow(phase: number): number {
  if (phase < 0.4) return 0.5 * (1 - Math.cos((Math.PI * phase) / 0.4));
  if (phase < 0.56) return Math.cos((Math.PI * (phase - 0.4)) / 0.32);
  return 0;
}

/** Two poles, unity gain at 0 Hz, so that a chain of them keeps its level. */
function resonator(hertz: Hertz, bandwidth: Hertz): (input: number) => number {
  const radius = Math.exp((-Math.PI * bandwidth) / SAMPLE_RATE);
  const first = 2 * radius * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE);
  const second = -radius * radius;
  const gain = 1 - first - second;
  let last = 0;
  let beforeLast = 0;
  return (input) => {
    const output = gain * input + first * last + second * beforeLast;
    beforeLast = last;
    last = output;
    return output;
  };
}
