import type { Hertz, Seconds } from "../../../core/units.ts";
import { randomFrom, type Random } from "./random.ts";
import type { Recording } from "./wav.ts";

const SAMPLE_RATE: Hertz = 44_100;
const BEAT: Seconds = 60 / 112;
const BEATS_PER_BAR = 4;
const TABLE = 2048;

/** A minor, F, C, G: as MIDI notes, the bass first. */
const CHORDS = [
  [45, 57, 60, 64],
  [41, 57, 60, 65],
  [48, 55, 60, 64],
  [43, 55, 59, 62],
] as const;

const hertzOf = (note: number): Hertz => 440 * 2 ** ((note - 69) / 12);
const framesOf = (seconds: Seconds): number => Math.round(seconds * SAMPLE_RATE);

interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Chords, bass and drums in four-four time, stereo. */
export function musicLike(seconds: Seconds, seed: number): Recording {
  const frames = framesOf(seconds);
  const mix: Stereo = { left: new Float32Array(frames), right: new Float32Array(frames) };
  const random = randomFrom(seed);
  const pad = waveTable((harmonic) => 1 / harmonic ** 1.6, 9);
  const bass = waveTable((harmonic) => 1 / harmonic ** 2, 5);
  const drums = { kick: kick(), snare: snare(random), hat: hat(random) };
  const bars = Math.ceil(seconds / (BEAT * BEATS_PER_BAR));
  for (let bar = 0; bar < bars; bar += 1) {
    const start = bar * BEATS_PER_BAR * BEAT;
    const [root, ...notes] = CHORDS[bar % CHORDS.length] ?? CHORDS[0];
    notes.forEach((note, i) => addNote(mix, pad, hertzOf(note), start, BEATS_PER_BAR * BEAT, 0.09, i - 1));
    for (let half = 0; half < BEATS_PER_BAR * 2; half += 1) {
      const at = start + (half * BEAT) / 2;
      const accent = 0.8 + 0.2 * random();
      addNote(mix, bass, hertzOf(root), at, BEAT / 2.4, 0.22 * accent, 0);
      addHit(mix, drums.hat, at, 0.14 * accent, 0.3);
      if (half % 4 === 0) addHit(mix, drums.kick, at, 0.55, 0);
      if (half % 4 === 2) addHit(mix, drums.snare, at, 0.3 * accent, -0.1);
    }
  }
  return { sampleRate: SAMPLE_RATE, channels: [mix.left, mix.right] };
}

/** One period, for a cheap oscillator. */
function waveTable(amplitude: (harmonic: number) => number, harmonics: number): Float32Array {
  return Float32Array.from({ length: TABLE }, (_, i) => {
    let sum = 0;
    for (let harmonic = 1; harmonic <= harmonics; harmonic += 1) {
      sum += amplitude(harmonic) * Math.sin((2 * Math.PI * harmonic * i) / TABLE);
    }
    return sum;
  });
}

/** @param pan −1 left to 1 right; the two sides are slightly out of tune, which makes it wide. */
function addNote(
  { left, right }: Stereo,
  table: Float32Array,
  hertz: Hertz,
  start: Seconds,
  seconds: Seconds,
  gain: number,
  pan: number,
): void {
  addTone(left, table, hertz * 1.0015, start, seconds, gain * (1 - 0.4 * pan));
  addTone(right, table, hertz * 0.9985, start, seconds, gain * (1 + 0.4 * pan));
}

function addTone(
  side: Float32Array,
  table: Float32Array,
  hertz: Hertz,
  start: Seconds,
  seconds: Seconds,
  gain: number,
): void {
  const from = framesOf(start);
  const frames = Math.min(framesOf(seconds), side.length - from);
  const step = (hertz * TABLE) / SAMPLE_RATE;
  const attack = framesOf(0.008);
  const release = framesOf(0.04);
  let phase = 0;
  for (let i = 0; i < frames; i += 1) {
    const envelope = Math.min(1, i / attack, (frames - i) / release);
    side[from + i] = (side[from + i] ?? 0) + (table[phase & (TABLE - 1)] ?? 0) * envelope * gain;
    phase += step;
  }
}

function addHit({ left, right }: Stereo, hit: Float32Array, start: Seconds, gain: number, pan: number): void {
  const from = framesOf(start);
  const frames = Math.min(hit.length, left.length - from);
  for (let i = 0; i < frames; i += 1) {
    const sample = (hit[i] ?? 0) * gain;
    left[from + i] = (left[from + i] ?? 0) + sample * (1 - pan);
    right[from + i] = (right[from + i] ?? 0) + sample * (1 + pan);
  }
}

/** A sine that falls from 150 to 50 Hz. */
function kick(): Float32Array {
  let phase = 0;
  return Float32Array.from({ length: framesOf(0.22) }, (_, i) => {
    const time = i / SAMPLE_RATE;
    phase += (2 * Math.PI * (50 + 100 * Math.exp(-time * 35))) / SAMPLE_RATE;
    return Math.sin(phase) * Math.exp(-time * 16);
  });
}

/** Noise over a short tone. */
function snare(random: Random): Float32Array {
  return Float32Array.from({ length: framesOf(0.18) }, (_, i) => {
    const time = i / SAMPLE_RATE;
    const tone = Math.sin(2 * Math.PI * 190 * time) * Math.exp(-time * 40);
    return 0.6 * tone + (random() * 2 - 1) * Math.exp(-time * 26);
  });
}

/** The high part of noise. */
function hat(random: Random): Float32Array {
  let last = 0;
  return Float32Array.from({ length: framesOf(0.06) }, (_, i) => {
    const noise = random() * 2 - 1;
    const high = (noise - last) / 2;
    last = noise;
    return high * Math.exp((-i / SAMPLE_RATE) * 70);
  });
}
